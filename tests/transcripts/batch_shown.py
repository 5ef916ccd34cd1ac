"""Many cases at once, typed line by line, over the small knowledge base.

``python -m tests.transcripts.batch_shown`` writes it anew; read the difference before keeping it.
"""

import contextlib
import io
import json
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from nmt_expert.cli.app import run

HERE = Path(__file__).parent
SHOWN = HERE / "batch.txt"
TINY = HERE.parent / "kb" / "tiny"
FELT = {"finding": "taut_band", "site": "upper_trapezius", "side": "right"}
CASES = (
    {"schema": "nmt.case/1", "id": "ache", "answers": [FELT]},
    {"schema": "nmt.case/1", "id": "misspelt", "answers": [FELT | {"side": "rigth"}]},
    {"schema": "nmt.case/1", "id": "chest", "answers": [{"finding": "chest_pressure"}]},
)
TYPED = """\
batch cases.jsonl
batch cases.jsonl -o results.jsonl
batch cases.jsonl -o results.jsonl
batch cases.jsonl -o results.jsonl --resume
batch other.jsonl -o results.jsonl --resume
batch cases.jsonl -o results.jsonl --resume --force
batch results.jsonl -o results.jsonl --force
batch nowhere.yml
"""
LONGEST = 300
"""Characters of a line that are shown."""


def play(folder: Path) -> str:
    """What a terminal shows when the lines are typed one after another."""
    lines = [json.dumps(case) for case in CASES]
    (folder / "cases.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "other.jsonl").write_text("\n".join(lines[::-1]) + "\n", encoding="utf-8")
    environ = {
        **{name: str(folder) for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME")},
        "NMT_EXPERT_KB": str(TINY),
        "PATH": os.environ["PATH"],
    }
    here = Path.cwd()
    with mock.patch.dict(os.environ, environ, clear=True), contextlib.ExitStack() as stack:
        stack.callback(os.chdir, here)
        os.chdir(folder)
        return "\n".join(_typed())


def _typed() -> Iterator[str]:
    for line in TYPED.splitlines():
        screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
            code = run(shlex.split(line))
        screen.seek(0)
        shown = "\n".join(map(_shortened, screen.read().splitlines()))
        yield f"$ nmt-expert {line}\n{shown}" + (f"\n[ends with {code}]" if code else "") + "\n"


def _shortened(line: str) -> str:
    """The middle of a long line left out, and the marks, which change with the knowledge."""
    line = re.sub(r"\b[0-9a-f]{64}\b", "...", line)
    part = LONGEST // 2
    return line if len(line) <= LONGEST else f"{line[:part]} [...] {line[-part:]}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        SHOWN.write_text(play(Path(made).resolve()), encoding="utf-8")
    sys.stdout.write(SHOWN.read_text(encoding="utf-8"))
