"""The drawn body chart: left and right above all, then what its signs say.

The drawings themselves are kept in ``tests/transcripts/body_chart_*.txt``, to be looked at.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from nmt_expert.assessment import assess
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case
from nmt_expert.model.body_chart import ViewId
from nmt_expert.model.case import Answer, AnswerSide, Case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports.body_chart import BodyChart, Picture
from nmt_expert.reports.build import build
from nmt_expert.reports.canvas import Ink
from nmt_expert.reports.document import Drawing
from nmt_expert.reports.marks import Mark, legend, score, score_in

KEPT = Path(__file__).parent.parent / "transcripts"
EXAMPLES = Path(__file__).parent.parent.parent / "examples"
WIDTH, HEIGHT = 52, 19
EACH = WIDTH // 2
MARKED = (
    Mark("temple", "right", 6),
    Mark("low_back_zone", "both", 10),
    Mark("knee_anterior", "left"),
    Mark("upper_teeth", "right", 3),
    Mark("suprascapular", "right", meaning="treat"),
)


@pytest.fixture
def chart(kb: KnowledgeBase) -> BodyChart:
    made = BodyChart.of(kb)
    assert made is not None
    return made


def drawn(
    chart: BodyChart, marks: Sequence[Mark], ink: Ink = "dots", detail: ViewId | None = None
) -> Picture:
    return chart.draw(marks, width=WIDTH, height=HEIGHT, ink=ink, detail=detail)


def columns(
    chart: BodyChart,
    zone: str,
    side: AnswerSide | None,
    ink: Ink = "dots",
    detail: ViewId | None = None,
) -> list[int]:
    """Where a single mark is, in columns of the whole picture."""
    picture = drawn(chart, [Mark(zone, side)], ink, detail)
    return sorted(column for _, column in picture.lit)


def half(column: int) -> str:
    return "left" if column % EACH < EACH / 2 else "right"


def test_the_clients_right_temple_is_on_the_left_half_of_the_front_view(chart: BodyChart) -> None:
    (column,) = columns(chart, "temple", "right")
    assert column < EACH
    assert half(column) == "left"


def test_the_clients_left_temple_is_on_the_right_half_of_the_front_view(chart: BodyChart) -> None:
    (column,) = columns(chart, "temple", "left")
    assert column < EACH
    assert half(column) == "right"


def test_seen_from_behind_the_clients_right_is_on_the_right(chart: BodyChart) -> None:
    (right,) = columns(chart, "low_back_zone", "right")
    (left,) = columns(chart, "low_back_zone", "left")
    assert right >= EACH
    assert (half(right), half(left)) == ("right", "left")


def test_every_right_zone_is_on_the_half_that_says_r(chart: BodyChart, kb: KnowledgeBase) -> None:
    for zone in (site for site in kb.of_kind("zone") if site.sided):
        (column,) = columns(chart, zone.id, "right")
        title = drawn(chart, []).lines[0]
        first, last = column // EACH * EACH, (column // EACH + 1) * EACH
        where = title.index("R", first, last)
        assert half(where) == half(column), zone.id


def test_both_sides_are_lit_alike(chart: BodyChart) -> None:
    left, right = columns(chart, "calf", "both")
    assert (half(left), half(right)) == ("left", "right")


def test_a_right_profile_looks_to_the_right_and_only_its_own_side_is_lit(chart: BodyChart) -> None:
    (right,) = columns(chart, "temple", "right", detail="head")
    (left,) = columns(chart, "temple", "left", detail="head")
    assert right < EACH <= left
    (occiput,) = columns(chart, "occiput", "right", detail="head")
    assert occiput < right, "the back of the skull is on the left of a face that looks right"


def test_a_place_on_the_mid_line_is_lit_on_both_profiles(chart: BodyChart) -> None:
    assert len(columns(chart, "vertex", None, detail="head")) == 2
    assert len(columns(chart, "sternum", None)) == 1


@pytest.mark.parametrize("ink", ["dots", "ascii"])
@pytest.mark.parametrize("detail", [None, "head", "hand", "foot"])
def test_every_zone_can_be_lit_at_80_columns(
    chart: BodyChart, kb: KnowledgeBase, ink: Ink, detail: ViewId | None
) -> None:
    for zone in kb.of_kind("zone"):
        if detail in (None, zone.chart.view if zone.chart else None):
            side: AnswerSide | None = "both" if zone.sided else None
            assert columns(chart, zone.id, side, ink=ink, detail=detail), zone.id


def test_the_left_of_the_body_is_the_mirror_image_of_the_right(chart: BodyChart) -> None:
    front = [line[:EACH] for line in drawn(chart, [], "ascii").lines[1:-1]]
    for line in front:
        inked = [character != " " for character in line]
        assert inked == inked[::-1]


def test_marks_differ_by_their_sign_and_not_by_colour_alone(chart: BodyChart) -> None:
    signs = {mark.zone: mark.sign for mark in MARKED}
    assert signs["temple"] == "6"
    assert signs["low_back_zone"] == "#"
    assert signs["knee_anterior"] == "x"
    assert signs["suprascapular"] == "+"
    assert legend(MARKED) == "1-9 of 10  # 10  x marked  + to be treated"


def test_two_places_close_together_are_both_seen(chart: BodyChart) -> None:
    marks = [Mark("temple", "right", 6), Mark("tmj", "right", 4), Mark("ear_deep", "right", 2)]
    assert {mark.zone for mark in drawn(chart, marks).lit.values()} == {"temple", "tmj", "ear_deep"}


def test_a_mark_that_moves_aside_never_changes_side(chart: BodyChart, kb: KnowledgeBase) -> None:
    marks = [Mark(zone.id, "right") for zone in kb.of_kind("zone") if zone.sided]
    for (_, column), _mark in drawn(chart, marks).lit.items():
        assert half(column) == ("left" if column < EACH else "right")


def test_for_those_who_see_no_drawing_it_is_told_in_sentences(chart: BodyChart) -> None:
    assert [chart.sentence(mark) for mark in MARKED] == [
        "Temple, right (head, side view), 6 of 10",
        "Low back, both sides (back), 10 of 10",
        "Front of the knee, left (front)",
        "Upper teeth, right (head, side view), 3 of 10",
        "Above the shoulder blade, right (back), to be treated",
    ]


def test_a_score_is_read_back_from_a_note() -> None:
    assert score_in(f"{score(7)}; worse at night") == 7
    assert [score_in(note) for note in ("", "7 of 100", "17 of 10", "it is 7 of 10")] == [None] * 4


@pytest.mark.parametrize(
    ("name", "ink", "detail"),
    [
        ("dots", "dots", None),
        ("ascii", "ascii", None),
        ("head", "dots", "head"),
        ("hand", "dots", "hand"),
        ("foot", "ascii", "foot"),
    ],
)
def test_it_is_drawn_as_it_was_when_somebody_looked_at_it(
    chart: BodyChart, name: str, ink: Ink, detail: ViewId | None
) -> None:
    lines = drawn(chart, MARKED, ink, detail).lines
    assert all(len(line) == WIDTH for line in lines)
    kept = (KEPT / f"body_chart_{name}.txt").read_text(encoding="utf-8")
    assert "\n".join(line.rstrip() for line in lines) + "\n" == kept


def test_without_dots_every_character_is_in_every_code_page(chart: BodyChart) -> None:
    assert all(line.isascii() for line in drawn(chart, MARKED, "ascii").lines)


def told_of(case: Case, kb: KnowledgeBase, engine: Engine) -> list[str]:
    report = build(assess(case, kb, engine), kb)
    sections = [section for section in report.sections if section.title == "Body chart"]
    drawings = [block for one in sections for block in one.blocks if isinstance(block, Drawing)]
    return [line.text for drawing in drawings for line in drawing.told.items]


def test_a_report_shows_where_it_hurts_how_strongly_and_where_the_plan_works(
    kb: KnowledgeBase, engine: Engine
) -> None:
    case = read_case(EXAMPLES / "desk-worker-headache.yml", kb)
    pain = Answer(finding="pain", site="temple", side="right", note=f"{score(6)}; throbs")
    told = told_of(case.model_copy(update={"answers": (*case.answers, pain)}), kb, engine)
    assert told[0] == "Temple, right (head, side view), 6 of 10"
    assert "Upper trapezius, right (back), to be treated" in told


def test_where_treatment_is_withheld_nothing_is_marked_to_be_treated(
    kb: KnowledgeBase, engine: Engine
) -> None:
    told = told_of(read_case(EXAMPLES / "gardener-saddle-numbness.yml", kb), kb, engine)
    assert told
    assert not any("to be treated" in line for line in told)
