"""Adds a supervisor's answer to the panel file of a knowledge base, or of its overlay."""

import json
from pathlib import Path

from nmt_expert.kb.folder import PACKED
from nmt_expert.model.errors import Fault, NmtError
from nmt_expert.model.practice import PanelAnswer
from nmt_expert.model.text import cleaned_record

FILE = "knowledge/panel.yml"
NOBODY_YET = "[]"
LOST = "The answer was not kept."


def add_panel_answer(answer: PanelAnswer, folder: Path, overlay: Path | None) -> Path:
    """Write one more entry at the end of the file; what stands there stays. Gives the file.

    Raises:
        NmtError: it cannot be written, or would be lost with the next version of the program.
    """
    if overlay is None and folder.name == PACKED:
        says = "this is the knowledge base that was installed with the program"
        remedy = "Name a folder of your own with --overlay, or a copy with --kb."
        raise NmtError(str(Fault(str(folder), says, LOST, remedy)))
    path = (overlay or folder) / FILE
    beside = path.with_name(f".{path.name}.new")
    try:
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        kept = [line for line in before.splitlines() if line.strip() != NOBODY_YET]
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text("\n".join([*kept, _entry(answer), ""]), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        says = f"the answer cannot be written there ({error.strerror})"
        remedy = "Name a folder that you may write."
        raise NmtError(str(Fault(str(path), says, LOST, remedy))) from None
    return path


def _entry(answer: PanelAnswer) -> str:
    """One entry as YAML, its values quoted as in JSON, which YAML reads alike."""
    told = cleaned_record(answer).model_dump(mode="json")
    pairs = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in told.items())
    return f"- {{{', '.join(pairs)}}}"
