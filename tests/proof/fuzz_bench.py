"""What is attacked: each kind of file that a person can hand to the program, and by which command.

Files lie in one folder; the file under attack takes the place of a sound one and gives it back.
"""

import json
import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nmt_expert.assessment import assess
from nmt_expert.engine import Engine
from nmt_expert.kb import load, read_case_text
from nmt_expert.kb.document import file_text
from nmt_expert.kb.yaml_reader import read_yaml
from nmt_expert.records import open_store
from nmt_expert.records.portable import of_store
from nmt_expert.reports import as_json
from tests.kb.test_overlay import MUSCLE, ROWS, RULE
from tests.proof.malformed import NO_FILES, SAID, malformed

ROOT = Path(__file__).parent.parent.parent
TINY = ROOT / "tests" / "kb" / "tiny"
NO_FILE = 0.04
"""How often a thing that is no file stands where a file should."""
TOLD = {
    "schema": "nmt.case/1",
    "id": "told",
    "title": SAID,
    "client": {"code": "C-001", "age": 38, "sex": "female", "occupation": SAID},
    "visit": {"number": 2, "date": "2026-11-20"},
    "complaint": {"text": SAID, "sites": [{"site": "temple", "side": "right"}]},
    "answers": [
        {"finding": "taut_band", "site": "upper_trapezius", "side": "right", "note": SAID},
        {"finding": "hypersensitive_spot", "site": "upper_trapezius", "side": "right", "by": SAID},
    ],
    "activities": [{"activity": SAID, "score": 4}, {"activity": f"{SAID} again", "score": 5.5}],
    "earlier": [{"date": "2026-11-01", "activities": [{"activity": SAID, "score": 3}]}],
}
SMALL = {key: TOLD[key] for key in ("schema", "id", "title", "client", "complaint")} | {
    "answers": [{"finding": "taut_band", "site": "upper_trapezius", "side": "right", "note": SAID}]
}


Put = Callable[[Path], object]
"""Puts something at a path where nothing is."""


@dataclass(frozen=True)
class Target:
    """One kind of file: the command that reads it, and sound files by their place."""

    name: str
    words: tuple[str, ...]
    sound: Mapping[str, bytes]


class Bench:
    """A folder with sound files of every kind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(TINY, folder / "kb")
        shutil.copytree(TINY, folder / "tiny")
        self.targets = tuple(self._targets())
        for target in self.targets:
            for place, content in target.sound.items():
                (folder / place).parent.mkdir(parents=True, exist_ok=True)
                (folder / place).write_bytes(content)

    def target(self, name: str) -> Target:
        """The target of this name."""
        return next(one for one in self.targets if one.name == name)

    def drawn(self, target: Target, seed: int, n: int) -> tuple[str, Put]:
        """Which file is number ``n`` of a seed, and what is put in its place."""
        rng = random.Random(f"{seed} {target.name} {n}")
        place = rng.choice(sorted(target.sound))
        if rng.random() < NO_FILE:
            return place, rng.choice(NO_FILES)
        content = malformed(target.sound[place], rng)
        return place, lambda path: path.write_bytes(content)

    @contextmanager
    def attacked(self, target: Target, place: str, put: Put) -> Iterator[list[str]]:
        """Something else lies in the place of a sound file; gives the command that reads it."""
        path = self.folder / place
        path.unlink()
        put(path)
        try:
            yield [word.replace("FILE", place) for word in target.words]
        finally:
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            path.unlink(missing_ok=True)
            path.write_bytes(target.sound[place])

    def _targets(self) -> Iterator[Target]:
        cases = {f"{path.stem}.yml": _said(path) for path in sorted(ROOT.glob("examples/*.yml"))}
        told = {"told.json": _json(TOLD), **cases}
        lines = _line(TOLD) + _line(SMALL)
        yield Target("case", ("assess", "FILE", "--json"), told)
        yield Target("lines", ("batch", "FILE", "--jobs", "1"), {"cases.jsonl": lines})
        tiny, records = ("--kb", "tiny"), ("--data", "data", "records", "import", "FILE")
        yield Target("import", (*tiny, *records), {"small.json": _json(SMALL)})
        result, whole = _kept(self.folder / "exported")
        yield Target("records", (*tiny, *records), {"records.json": whole})
        asked = ("explain", "FILE", "how", "trigger_points")
        yield Target("result", (*tiny, *asked), {"result.json": result})
        below = sorted(path for path in TINY.rglob("*.yml"))
        files = {f"kb/{path.relative_to(TINY)}": path.read_bytes() for path in below}
        yield Target("knowledge", ("--kb", "kb", "kb", "check"), files)
        own = {"anatomy/own": MUSCLE, "relations/own": ROWS}
        overlay = {f"overlay/knowledge/{place}.yml": text.encode() for place, text in own.items()}
        overlay["overlay/rules/red_flags/chest.yml"] = RULE.encode()
        yield Target("overlay", (*tiny, "--overlay", "overlay", "kb", "check"), overlay)


def _data(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(content.decode(), "sound").data
    return found


def _said(path: Path) -> bytes:
    """An example with the client's words in every free text of it."""
    text = file_text(path, path.name)
    data = _data(text.encode())
    words = {one for one in (data.get("title"), data["complaint"].get("text")) if one}
    words |= {one for one in (answer.get("note") for answer in data["answers"]) if one}
    for one in words:
        text = text.replace(one, SAID)
    return text.encode()


def _json(data: object) -> bytes:
    return json.dumps(data, indent=1).encode() + b"\n"


def _line(data: object) -> bytes:
    return json.dumps(data).encode() + b"\n"


def _kept(folder: Path) -> tuple[bytes, bytes]:
    """A result as it is printed, and a whole record as it is exported."""
    kb = load(TINY)
    case = read_case_text(json.dumps(SMALL), "small", kb)
    result = assess(case, kb, Engine(kb))
    at = "2026-11-18T10:00:00Z"
    with open_store(folder) as store:
        record = store.start(
            case.client, quick=False, kb_version=kb.version, kb_sha256=kb.sha256, at=at
        )
        store.append(record, case.answers, prompt="all", at=at, complaint=case.complaint)
        store.finish(record, result, at)
        return as_json(result).encode(), as_json(of_store(store, record)).encode()
