"""The drawings of the page: the client's right is where it is seen, and the key names each mark."""

import pytest

from nmt_expert.model.base import Side
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports.body_chart import BodyChart
from nmt_expert.reports.document import Drawing
from nmt_expert.reports.html.figure import Figure, Spot, figures, key
from nmt_expert.reports.marks import Mark

HURTS = Mark("temple", "right", 6)
TREATED = Mark("suprascapular", "right", meaning="treat", name="Upper trapezius")
SECOND = Mark("low_back_zone", "left", meaning="treat", name="Splenius capitis")
FELT_FROM_IT = Mark("temple", "right", meaning="referred", name="Upper trapezius")


@pytest.fixture
def chart(kb: KnowledgeBase) -> BodyChart:
    made = BodyChart.of(kb)
    assert made is not None
    return made


def drawn(chart: BodyChart, *marks: Mark, referred: tuple[Mark, ...] = ()) -> dict[str, Figure]:
    made = figures(Drawing(chart, marks, referred))
    return {figure.title.partition(":")[0]: figure for figure in made}


def spots(figure: Figure, meaning: str) -> list[Spot]:
    return [spot for spot in figure.spots if spot.meaning == meaning]


def test_from_the_front_the_clients_right_is_on_the_left(chart: BodyChart) -> None:
    front = drawn(chart, Mark("knee_anterior", "right", 4))["Front"]
    assert front.ends == ("Right", "Left")
    assert [spot.x < front.width / 2 for spot in spots(front, "felt")] == [True]


def test_from_behind_the_clients_right_is_on_the_right(chart: BodyChart) -> None:
    back = drawn(chart, Mark("low_back_zone", "right", 4))["Back"]
    assert back.ends == ("Left", "Right")
    assert [spot.x > back.width / 2 for spot in spots(back, "felt")] == [True]


def test_both_sides_are_mirror_images(chart: BodyChart) -> None:
    back = drawn(chart, Mark("low_back_zone", "both"))["Back"]
    left, right = sorted(spot.x for spot in spots(back, "felt"))
    assert left + right == back.width


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_part_is_drawn_only_for_the_side_that_is_marked(chart: BodyChart, side: Side) -> None:
    shown = drawn(chart, Mark("temple", side))
    assert list(shown) == ["Front", "Back", f"Head, {side} side"]
    assert shown[f"Head, {side} side"].ends[0] == side.capitalize()


def test_what_is_not_marked_says_so(chart: BodyChart) -> None:
    assert drawn(chart, HURTS)["Back"].description == "Nothing is marked here."


def test_a_drawing_tells_its_marks_in_words(chart: BodyChart) -> None:
    head = drawn(chart, HURTS, referred=(FELT_FROM_IT,))["Head, right side"]
    assert "Temple, right (head, side view), 6 of 10" in head.description
    assert "Temple, right: may be felt from Upper trapezius" in head.description


def test_each_muscle_to_be_treated_has_its_letter_in_the_order_of_the_plan(
    chart: BodyChart,
) -> None:
    told = key(Drawing(chart, (HURTS, TREATED, SECOND), (FELT_FROM_IT,)))
    assert [(one.sign, one.meaning) for one in told] == [
        ("6", "felt"),
        ("A", "treat"),
        ("B", "treat"),
        ("A", "referred"),
    ]
    assert told[3].text == "Upper trapezius, right may send pain to: Temple, right"


def test_two_marks_in_one_place_do_not_cover_each_other(chart: BodyChart) -> None:
    back = drawn(chart, TREATED, Mark("suprascapular", "right", 5))["Back"]
    one, other = spots(back, "treat") + spots(back, "felt")
    apart = max(abs(one.x - other.x), abs(one.y - other.y))
    assert apart >= one.radius + other.radius - 2
    assert min(one.x, other.x) > back.width / 2


def test_a_line_leads_from_a_muscle_to_where_it_is_felt_on_its_own_side(chart: BodyChart) -> None:
    muscle = Mark("suprascapular", "both", meaning="treat", name="Upper trapezius")
    felt = Mark("interscapular", "both", meaning="referred", name="Upper trapezius")
    back = drawn(chart, muscle, referred=(felt,))["Back"]
    assert len(back.ways) == 2
    middle = back.width / 2
    assert all((way.start.x > middle) == (way.end.x > middle) for way in back.ways)


def test_every_mark_lies_within_the_drawing(chart: BodyChart, kb: KnowledgeBase) -> None:
    zones = [site.id for site in kb.sites.values() if site.kind == "zone" and site.chart]
    marks = tuple(Mark(zone, "both" if kb.is_sided(zone) else None) for zone in zones)
    for figure in figures(Drawing(chart, marks)):
        for spot in figure.spots:
            assert 0 <= spot.x <= figure.width
            assert 0 <= spot.y <= figure.height
