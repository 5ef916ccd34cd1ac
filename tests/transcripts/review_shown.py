"""A supervisor at work, typed line by line, over the small knowledge base.

``python -m tests.transcripts.review_shown`` writes it anew; read the difference before keeping it.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from nmt_expert.assessment import assess
from nmt_expert.cli.app import run
from nmt_expert.engine import Engine
from nmt_expert.kb import load, read_case_text
from nmt_expert.model.visit import Impression
from nmt_expert.records import open_store

HERE = Path(__file__).parent
SHOWN = HERE / "review" / "supervisor.txt"
TINY = HERE.parent / "kb" / "tiny"
REASONS = HERE.parent.parent / "knowledge" / "review_reasons.yml"
CASE = """\
schema: nmt.case/1
client: {code: C-001, age: 40}
complaint: {text: Ache in the temple, sites: [{site: temple, side: right}]}
answers:
  - {finding: chest_pressure}
  - {finding: stretching_scope, value: assisted}
  - {finding: taut_band, site: upper_trapezius, side: right}
  - {finding: soft_throughout, site: upper_trapezius, side: right, value: absent}
"""
POINT = "conclusion:active_trigger_point:upper_trapezius:right"
TYPED = f"""\
review queue
review open 2026-11-18-1 --plain
review remark 2026-11-18-1 1 override
review remark 2026-11-18-1 1 override --reason known_and_followed --words "Seen by her doctor" \
--case overridden.yml
kb test overridden.yml --jobs 1
review remark 2026-11-18-1 {POINT} agree
review remark 2026-11-18-1 focus:neck unsure
review sign 2026-11-18-1
review remark 2026-11-18-1 {POINT} unsure --words "felt once"
review verify
review queue --flagged
review amend 2026-11-18-1 --why "Her doctor wrote back"
review remark 2026-11-18-1 {POINT} unsure --words "felt once"
review sign 2026-11-18-1
review queue --mine
review stats
review rules band
review rules trigger_points.band.taut --plain
review rules trigger_points.band.taut --sign
review rules
kb diff before kb overridden.yml --jobs 1
review replay --jobs 1
"""
MOMENT = "2026-11-20T11:00:00+00:00"
ROOMS = ("review", "review_say", "review_rules", "replay")


def play(folder: Path) -> str:
    """What a terminal shows when the lines are typed one after another."""
    _furnish(folder)
    here = Path.cwd()
    environ = {
        **{name: str(folder) for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME")},
        "NMT_EXPERT_DATA": str(folder / "data"),
        "NMT_EXPERT_KB": "kb",
        "NMT_EXPERT_REVIEWER": "Ruth Example",
        "NMT_EXPERT_QUALIFICATION": "Clinical supervisor",
        "PATH": os.environ["PATH"],
    }
    with mock.patch.dict(os.environ, environ, clear=True), contextlib.ExitStack() as stack:
        for room in ROOMS:
            stack.enter_context(mock.patch(f"nmt_expert.cli.{room}.now", return_value=MOMENT))
        stack.callback(os.chdir, here)
        os.chdir(folder)
        return _masked("\n".join(_typed()), folder)


def _furnish(folder: Path) -> None:
    """A knowledge base, the one before it, and a finished record."""
    for name in ("kb", "before"):
        shutil.copytree(TINY, folder / name)
        shutil.copy(REASONS, folder / name / "knowledge")
    rule = folder / "kb" / "rules" / "red_flags" / "chest.yml"
    rule.write_text(rule.read_text().replace("urgency: emergency", "urgency: same_day"))
    kb = load(folder / "before")
    case = read_case_text(CASE, "case", kb)
    at = "2026-11-18T10:00:00Z"
    with open_store(folder / "data") as store:
        record = store.start(
            case.client, quick=False, kb_version=kb.version, kb_sha256=kb.sha256, at=at
        )
        store.append(record, case.answers, prompt="all", at=at, complaint=case.complaint)
        store.think(record, Impression(factor="trigger_points", refer="none"), at)
        store.finish(record, assess(store.state(record).case, kb, Engine(kb)), at)


def _typed() -> Iterator[str]:
    for line in TYPED.splitlines():
        screen = io.StringIO()
        with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
            code = run(shlex.split(line))
        yield f"$ nmt-expert {line}"
        yield screen.getvalue().rstrip("\n") + (f"\n[ends with {code}]" if code else "") + "\n"


def _masked(text: str, folder: Path) -> str:
    """Without what is another one each time: the salted seal, the folder."""
    return re.sub(r"\b[0-9a-f]{64}\b|(?<=; )[0-9a-f]{16}\b", "...", text).replace(f"{folder}/", "")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        SHOWN.parent.mkdir(exist_ok=True)
        SHOWN.write_text(play(Path(made).resolve()), encoding="utf-8")
    sys.stdout.write(SHOWN.read_text(encoding="utf-8"))
