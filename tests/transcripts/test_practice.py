"""A first case at the terminal, typed as a student types who has read nothing before."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nmt_expert.engine import Engine
from nmt_expert.kb.practice_file import read_practice_case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.records import open_store
from nmt_expert.records.practised import PracticeBook
from nmt_expert.terminal.practice import Classroom, run
from nmt_expert.terminal.streams import Streams

ROOT = Path(__file__).parents[2]
NAMES = ("bookkeeper-temple-headache", "gardener-stiff-back")
NUMBERED = re.compile(r"^ *(\d+)\. (.+)$")
Practise = Callable[..., "Sitting"]


class Typist(io.StringIO):
    """Types replies one after the other; a menu's are typed by the words of a line."""

    def __init__(self, replies: list[str], screen: io.StringIO) -> None:
        super().__init__()
        self.replies = replies
        self._screen = screen
        self._read = 0

    def readline(self, size: int | None = -1, /) -> str:
        if not self.replies:
            return ""
        shown = self._screen.getvalue()
        new, self._read = shown[self._read :], len(shown)
        lines = [found for line in new.splitlines() if (found := NUMBERED.match(line))]
        wanted = self.replies.pop(0)
        menu = next((line[1] for line in lines if line[2].startswith(wanted)), None)
        return f"{menu if wanted and menu else wanted}\n"


class Sitting:
    """What was printed, how it ended, and what was left over."""

    def __init__(self, code: int, printed: str, unused: list[str]) -> None:
        self.code = code
        self.printed = printed
        self.unused = unused


@pytest.fixture
def practise(kb: KnowledgeBase, engine: Engine, tmp_path: Path) -> Practise:
    cases = tuple(
        read_practice_case(ROOT / "knowledge" / "cases" / f"{name}.yml", kb) for name in NAMES
    )

    def held(
        *replies: str,
        student: str | None = "S-01",
        case: str | None = None,
        resume: bool = False,
    ) -> Sitting:
        screen = io.StringIO()
        typist = Typist(list(replies), screen)
        streams = Streams(typist, screen, environ={}, interactive=True, width=100)
        with open_store(tmp_path / "data") as store:
            room = Classroom(kb, engine, store, cases, lambda: datetime(2026, 11, 20, tzinfo=UTC))
            code = run(room, streams, student=student, plain=True, case=case, resume=resume)
        return Sitting(code, screen.getvalue(), typist.replies)

    return held


FIRST_RANKING = ("Postural distortion", "No other plays a part", "Unsure")
SAFETY = ("Ask or examine", "Safety (", "All of these")
MUSCLE = ("Ask or examine", "Search by a name", "upper trapezius", "Feel the muscle: Upper")
SECOND_RANKING = (
    *("Commit to a ranking", "Trigger points", "Postural distortion", "No other plays a part"),
    *("Fairly sure", "4 5 6", "", "suboccipitals", "Feel the muscle: Suboccipitals", "", "Go on"),
)
PLAN = (
    *("Conclude", "Conclude now", "No referral"),
    *("upper trapezius r", "Trigger-point pressure release"),
)
READ = ("",) * 4
"""Enter for each part of the score that follows the first."""
WHOLE = (*FIRST_RANKING, *SAFETY, *MUSCLE, *SECOND_RANKING, *PLAN, *READ)


def test_a_first_student_comes_from_one_command_to_a_score(practise: Practise) -> None:
    typed = ("S-07", "The bookkeeper's headache", *WHOLE)
    done = practise(*typed, student=None)
    assert done.code == 0
    assert done.unused == []
    to_the_score = len(typed) - len(READ)
    assert to_the_score <= 30, "at ten seconds each, reading included, five minutes"
    for words in (
        "you reason first, then you see the difference",
        "A code for yourself",
        "The first one is proposed",
        "First, before you ask anything: what do you think?",
        "CONTENT: IS THE RESULT RIGHT?",
        "PROCEDURE: WAS IT LOOKED FOR IN THE RIGHT WAY?",
        "REASONING: DID THE RANKING FOLLOW THE EVIDENCE?",
        "TO TAKE HOME",
        "nmt-expert practice progress",
    ):
        assert words in done.printed


def test_nothing_of_the_key_is_shown_before_the_end(practise: Practise) -> None:
    done = practise(*FIRST_RANKING, *SAFETY, case=NAMES[0])
    before, _, _ = done.printed.partition("SIDE BY SIDE")
    for words in ("hypersensitive", "Active trigger point", "Suboccipitals", "level 1"):
        assert words.lower() not in before.lower()
    for words in ("familiar pain", "red flag", "takes home", "Active trigger point"):
        assert words.lower() not in done.printed.lower()


def test_the_engines_ranking_comes_after_the_commitment_with_its_reasons(
    practise: Practise,
) -> None:
    done = practise(*FIRST_RANKING, *SAFETY, *MUSCLE, *SECOND_RANKING, case=NAMES[0])
    found, _, after = done.printed.partition("What would change your mind?")
    assert "Engine, from the same answers" in after
    assert "strong" not in found.partition("SIDE BY SIDE")[2].partition("Search by")[2]
    assert "Because: Active trigger point, Upper trapezius, right: strong." in " ".join(
        after.split()
    )


def test_the_trace_is_there_for_who_wants_it(practise: Practise) -> None:
    asked = (*SECOND_RANKING[:-1], "The engine's reasons first")
    done = practise(*FIRST_RANKING, *SAFETY, *MUSCLE, *asked, case=NAMES[0])
    assert "Familiar pain on pressure (Upper trapezius, right): present" in done.printed


def test_what_was_found_is_listed_by_itself_to_give_reasons_by(practise: Practise) -> None:
    done = practise(*FIRST_RANKING, *MUSCLE, "Read again", case=NAMES[0])
    lines = [line.strip() for line in done.printed.splitlines()]
    assert "3. Age in years: 38 years" in lines
    assert "4. Taut band (upper trapezius, right)" in lines


def test_a_case_left_half_way_goes_on_where_it_stood(practise: Practise) -> None:
    left = practise(*FIRST_RANKING, *SAFETY, case=NAMES[0])
    assert left.code == 130  # the typist went away, as with Ctrl-D
    assert "nmt-expert practice resume --student S-01" in left.printed
    again = practise("Read again", "Save and leave", resume=True)
    assert again.code == 0
    assert "Which factor leads?" not in again.printed
    assert "Asked so far: Right now or in the last 3 days" in " ".join(again.printed.split())
    assert "9 questions asked" in again.printed


def test_another_student_does_not_see_it(practise: Practise) -> None:
    practise(*FIRST_RANKING, case=NAMES[0], student="S-01")
    other = practise(resume=True, student="S-02")
    assert "There is no unfinished case" in other.printed
    menu = practise("Stop here", student="S-02")
    assert "Go on with" not in menu.printed
    mine = practise("Stop here", student="S-01")
    assert "Go on with: The bookkeeper's headache" in mine.printed


def test_an_emergency_found_and_sent_on_is_acceptable(practise: Practise) -> None:
    done = practise(
        *FIRST_RANKING,
        *("Ask or examine", "Safety (", "Bladder, bowel"),
        *("Conclude", "Ischemia", "No other plays a part", "Unsure", "", "", ""),
        *("Conclude now", "Emergency", "5", "Nothing else", "", *READ[1:]),
        case=NAMES[1],
    )
    assert done.unused == []
    assert "The gardener's stiff back: Acceptable." in done.printed


def test_what_was_learned_is_kept_for_the_next_time(practise: Practise, tmp_path: Path) -> None:
    practise(*WHOLE, case=NAMES[0])
    with open_store(tmp_path / "data") as store:
        book = PracticeBook(store.database, "S-01")
        learned = {one.of: one.outcome for one in book.remembered()}
        (attempt,) = book.attempts()
    assert learned["rule:trigger_points.active.active_core"] == "used"
    assert "topic:trigger_points" in learned
    assert attempt.finished
