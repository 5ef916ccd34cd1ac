"""For against against, exactly."""

from fractions import Fraction

import pytest

from nmt_expert.assessment.weighing import Weight, band_of, decimal_text, lowered, net_of, weigh
from nmt_expert.model.base import Band, Strength
from nmt_expert.model.knowledge import KnowledgeBase


def weight(
    strength: Strength, group: str = "g", ceiling: Band | None = None, rule: str = "r"
) -> Weight:
    return Weight((rule + group, ()), group, strength, ceiling)


def test_a_lone_weak_rule_is_exactly_weak(kb: KnowledgeBase) -> None:
    result = weigh([weight("weak")], [], kb.certainty)
    assert (result.net, result.band) == (Fraction(1, 5), "weak")


def test_evidence_of_the_same_group_counts_once(kb: KnowledgeBase) -> None:
    twice = [weight("moderate", rule="a"), weight("moderate", rule="b")]
    assert weigh(twice, [], kb.certainty).net == Fraction(2, 5)


def test_evidence_of_two_groups_adds_up(kb: KnowledgeBase) -> None:
    two = [weight("moderate", "palpation"), weight("strong", "history")]
    assert weigh(two, [], kb.certainty).net == Fraction(76, 100)


def test_against_takes_from_for(kb: KnowledgeBase) -> None:
    result = weigh([weight("strong")], [weight("strong")], kb.certainty)
    assert (result.net, result.band) == (0, "not_supported")


def test_a_conclusion_whose_supports_are_all_capped_stays_under_the_highest_cap(
    kb: KnowledgeBase,
) -> None:
    capped = [weight("strong", "a", "weak"), weight("strong", "b", "moderate")]
    assert weigh(capped, [], kb.certainty).band == "moderate"


def test_one_uncapped_support_lifts_the_cap(kb: KnowledgeBase) -> None:
    mixed = [weight("strong", "a", "weak"), weight("strong", "b")]
    assert weigh(mixed, [], kb.certainty).band == "strong"


def test_an_unsure_answer_lowers_the_strength_by_one_word(kb: KnowledgeBase) -> None:
    assert lowered("strong", "unsure", kb.certainty) == "moderate"
    assert lowered("strong", "fairly", kb.certainty) == "strong"
    assert lowered("weak", "unsure", kb.certainty) is None


@pytest.mark.parametrize(
    ("net", "band"),
    [
        ("0.7", "strong"),
        ("0.699", "moderate"),
        ("0.4", "moderate"),
        ("0.2", "weak"),
        ("0", "not_supported"),
    ],
)
def test_bands_begin_at_their_threshold(kb: KnowledgeBase, net: str, band: str) -> None:
    assert band_of(Fraction(net), kb.certainty) == band


def test_the_net_is_one_sided_when_nothing_speaks_against() -> None:
    assert net_of(Fraction(3, 5), Fraction(0)) == Fraction(3, 5)
    assert net_of(Fraction(0), Fraction(3, 5)) == Fraction(-3, 5)


def test_certainty_is_printed_with_three_decimals() -> None:
    assert decimal_text(Fraction(2, 3)) == "0.667"
    assert decimal_text(Fraction(-1, 3)) == "-0.333"
    assert decimal_text(Fraction(0)) == "0.000"


def test_nothing_outweighs_a_decisive_finding_against(kb: KnowledgeBase) -> None:
    all_for = [weight("hallmark", group) for group in "abcdefgh"]
    result = weigh(all_for, [weight("decisive")], kb.certainty)
    assert (result.net, result.band) == (-1, "not_supported")


def test_an_unsure_decisive_finding_counts_as_a_hallmark(kb: KnowledgeBase) -> None:
    assert lowered("decisive", "unsure", kb.certainty) == "hallmark"
