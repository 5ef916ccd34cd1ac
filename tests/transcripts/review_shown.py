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
from nmt_expert.assessment.written import written
from nmt_expert.cli.app import run
from nmt_expert.engine import Engine
from nmt_expert.kb import load, read_case_text
from nmt_expert.model.case import Answer, ExpectedReferral
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.practice import Key, PracticeCase, Teaching
from nmt_expert.model.visit import Impression
from nmt_expert.practice.events import Asked, Committed, Planned, PlannedFocus, Stand
from nmt_expert.practice.handed_in import HandedIn
from nmt_expert.practice.remarks import Lesson, Remark, Score
from nmt_expert.records import Store, open_store
from nmt_expert.records.practised import PracticeBook

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
STUDENT = """\
schema: nmt.case/1
client: {age: 40}
complaint: {text: Tight shoulder, sites: [{site: temple, side: right}]}
answers:
  - {finding: taut_band, site: upper_trapezius, side: right}
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
review queue attempts --flagged
review open attempt-1 --plain
review remark attempt-1 red_flag override --reason too_harsh
review remark attempt-1 red_flag override --reason too_harsh --words "He said it aloud" \
--instead questionable
review remark attempt-1 heading:reasoning agree
review remark attempt-1 heading:reasoning unsure --reason not_taught_yet --name "Second Reader"
review sign attempt-1
review remark attempt-1 red_flag agree
review verify
review stats
review stats --by student --csv
review progress
review progress S-01
review rules band
review rules trigger_points.band.taut --plain
review rules trigger_points.band.taut --sign
review rules
kb diff before kb overridden.yml --jobs 1
review replay --jobs 1
"""
MOMENT = "2026-11-20T11:00:00+00:00"
ROOMS = ("review", "review_say", "review_rules", "review_progress", "replay")


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
        _attempted(store, kb)


def _attempted(store: Store, kb: KnowledgeBase) -> None:
    """A student's attempt at a made-up case: the muscle was treated, the chest never asked for."""
    at = "2026-11-19T10:00:00Z"
    band = Answer(finding="taut_band", site="upper_trapezius", side="right")
    seen = assess(read_case_text(STUDENT, "asked", kb), kb, Engine(kb))
    stood = tuple(Stand(factor=one.factor, band=one.band) for one in seen.factors)
    events = (
        Committed(ranking=("trigger_points",), sure="unsure", engine=stood),
        Asked(step="p", title="The muscle", answers=(band,), minutes=1, worth=2, best=0,
              better="Right now"),
        Committed(ranking=("trigger_points",), sure="fairly", engine=stood,
                  pro=("taut_band@upper_trapezius:right",)),
        Planned(focus=(PlannedFocus(site="upper_trapezius", side="right", technique="pressure"),)),
    )  # fmt: skip
    rule = kb.rules["red_flags.chest.pressure"]
    remarks = (
        Remark(heading="content", verdict="unsafe", matter="red_flag", rules=(rule.id,),
               says="Missed red flag: Heart. It needs EMERGENCY; it was never asked for."),
        Remark(heading="procedure", verdict="questionable", matter="value",
               says="1 question of 1 could wait."),
        Remark(heading="reasoning", verdict="acceptable", matter="reasons",
               rules=("trigger_points.band.taut",), says="What was given does count."),
    )  # fmt: skip
    lessons = (
        Lesson(of="topic:red_flags", outcome="missed"),
        Lesson(of=f"rule:{rule.id}", outcome="missed"),
        Lesson(of="rule:trigger_points.band.taut", outcome="used"),
    )
    score = Score(case="tight-shoulder", minutes=1, remarks=remarks, lessons=lessons)
    point = Teaching(says="Ask before you touch.", sources=("proposal",))
    case = PracticeCase(
        schema="nmt.practice/1",
        id="tight-shoulder",
        title="The tight shoulder",
        presentation="A man of 40 with a tight right shoulder.",
        level=1,
        region="neck",
        topic="red_flags",
        key=Key(referrals=(ExpectedReferral(flag="heart_attack", urgency="emergency"),)),
        teaching=(point,) * 3,
    )
    book = PracticeBook(store.database, "S-01")
    number = book.begin(case.id, kb.sha256, at)
    for n, event in enumerate(events, start=1):
        book.keep(number, n, event, at)
    handed = HandedIn(case=case, score=score, seen=seen, rules={rule.id: written(rule, kb)})
    book.finish(number, handed, at)


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
