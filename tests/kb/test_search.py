"""Places are found by what a person types."""

import pytest

from nmt_expert.kb.referral_map import ReferralMap
from nmt_expert.kb.search import best, find_places, folded
from nmt_expert.model.knowledge import KnowledgeBase


def first(text: str, kb: KnowledgeBase) -> str:
    found = find_places(text, kb)
    return found[0].id if found else ""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Temple", "temple"),
        ("temp", "temple"),
        ("SCM", "sternocleidomastoid"),
        ("upper trap", "upper_trapezius"),
        ("trap upper", "upper_trapezius"),
        ("upper_trapezius", "upper_trapezius"),
        ("ql", "quadratus_lumborum"),
        ("témple", "temple"),
        ("golfer's elbow area", "elbow_medial"),
        ("crook elbow", "elbow_anterior"),
        ("sternocleidomastiod", "sternocleidomastoid"),
    ],
)
def test_a_name_a_part_a_synonym_an_abbreviation_or_a_slip_finds_the_place(
    kb: KnowledgeBase, text: str, place: str
) -> None:
    assert first(text, kb) == place


def test_every_label_synonym_and_id_finds_its_own_place(kb: KnowledgeBase) -> None:
    for site in kb.of_kind("zone") + kb.of_kind("muscle"):
        for name in (site.label, site.id, *site.synonyms):
            assert site in find_places(name, kb), name


@pytest.mark.parametrize("text", ["", "   ", "_-_", "\u200f", "zzzz", "\x1b[2J", "\U0001f600"])
def test_what_names_nothing_finds_nothing(kb: KnowledgeBase, text: str) -> None:
    assert find_places(text, kb) == ()


def test_a_pasted_page_is_cut_and_costs_nothing() -> None:
    assert len(folded("neck " * 2000)) <= 60
    assert folded("\x1b[31mTem\u202eple\r\n") == "[31mtemple"


def test_a_misspelt_name_counts_only_where_nothing_else_is_found() -> None:
    names = ("temple", "temporal", "simple")
    assert best("temple", names, lambda name: [name]) == ("temple",)
    assert best("tempel", names, lambda name: [name]) == ("temple",)


def test_the_maps_are_read_both_ways_and_essential_comes_first(kb: KnowledgeBase) -> None:
    maps = ReferralMap(kb)
    felt = maps.muscles("temple")
    assert "upper_trapezius" in {one.site.id for one in felt}
    kinds = [one.kind for one in felt]
    assert kinds == sorted(kinds, key=["essential", "spillover"].index)
    assert "temple" in {one.site.id for one in maps.zones("upper_trapezius")}
    for muscle in kb.of_kind("muscle"):
        for zone in maps.zones(muscle.id):
            assert muscle in [one.site for one in maps.muscles(zone.site.id)]
