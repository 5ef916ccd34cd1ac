"""Adds a signature to the reviews file of a knowledge base, or of the overlay that lies over it."""

import json
from pathlib import Path
from typing import Any

from nmt_expert.kb.document import Unreadable, file_text
from nmt_expert.kb.folder import PACKED
from nmt_expert.kb.overlay import REPLACES
from nmt_expert.kb.yaml_reader import read_yaml
from nmt_expert.model.errors import Fault, InputInvalid, NmtError
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.review import RuleReview, RuleSignature
from nmt_expert.model.text import cleaned_record

FILE = "knowledge/reviews.yml"
UNSIGNED = "The rule was not signed."


def sign_rule(
    kb: KnowledgeBase, rule: str, signature: RuleSignature, folder: Path, overlay: Path | None
) -> Path:
    """Write the signature into the overlay's reviews file, or into the knowledge base's own.

    Gives the file. Comments above the first entry stay; those between entries do not.

    Raises:
        NmtError: it cannot be written, or would be lost with the next version of the program.
    """
    if overlay is None and folder.name == PACKED:
        raise NmtError(str(_would_be_lost(folder)))
    path = (overlay or folder) / FILE
    head, entries = _read(path)
    before = kb.reviews.get(rule, RuleReview(rule=rule, signed=()))
    signed = (*before.signed, cleaned_record(signature))
    laid_over = overlay is not None and bool(before.signed) and rule not in entries
    replaces = entries.get(rule, {}).get(REPLACES, laid_over)
    whole = {"rule": rule, **({REPLACES: True} if replaces else {})}
    entries[rule] = whole | {"signed": [_plain(one) for one in signed]}
    _write(path, head + "".join(map(_text, entries.values())))
    return path


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    """What stands above the first entry, and the entries by their rule."""
    if not path.exists():
        return "", {}
    try:
        text = file_text(path, str(path))
        document = read_yaml(text, str(path))
    except Unreadable as stop:
        raise InputInvalid(list(stop.faults)) from None
    lines = text.splitlines(keepends=True)
    first = next((n for n, line in enumerate(lines) if line[:1] in "-["), len(lines))
    return "".join(lines[:first]), {one["rule"]: one for one in document.data or []}


def _plain(signature: RuleSignature) -> dict[str, str]:
    return signature.model_dump(mode="json", exclude_none=True)


def _text(entry: dict[str, Any]) -> str:
    """One entry as YAML: each text is quoted as in JSON, which YAML reads alike."""
    lines = [f"- rule: {entry['rule']}"]
    lines += [f"  {REPLACES}: true"] if entry.get(REPLACES) else []
    lines.append("  signed:")
    for one in entry["signed"]:
        told = ", ".join(f"{key}: {json.dumps(one[key], ensure_ascii=False)}" for key in one)
        lines.append(f"    - {{{told}}}")
    return "\n".join(lines) + "\n"


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        says = f"the signature cannot be written there ({error.strerror})"
        raise NmtError(
            str(Fault(str(path), says, UNSIGNED, "Sign in a copy that you may write."))
        ) from None


def _would_be_lost(folder: Path) -> Fault:
    return Fault(
        place=str(folder),
        says="this is the knowledge base that was installed with the program",
        consequence=f"{UNSIGNED} The next version would bring its own.",
        remedy="Name a folder of your own with --overlay, or a copy with --kb.",
    )
