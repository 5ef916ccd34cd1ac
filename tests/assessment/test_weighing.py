"""For against against, exactly."""

from fractions import Fraction

import pytest

from nmt_expert.assessment.weighing import (
    Weight,
    band_of,
    decimal_text,
    lowered,
    net_of,
    side_of,
    weigh,
)
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


def test_the_cap_is_only_that_of_what_counts(kb: KnowledgeBase) -> None:
    dropped = Weight(("r", ()), "b", None, None)
    assert weigh([weight("strong", "a", "weak"), dropped], [], kb.certainty).band == "weak"


def test_of_one_group_the_stronger_counts_whichever_came_first(kb: KnowledgeBase) -> None:
    strong, weak = weight("strong", rule="b"), weight("weak", rule="a")
    for both in ([strong, weak], [weak, strong]):
        result = weigh(both, [], kb.certainty)
        assert (result.net, result.counted) == (Fraction(3, 5), {strong.cause})


def test_of_two_alike_in_one_group_the_first_by_name_counts(kb: KnowledgeBase) -> None:
    first, second = weight("weak", rule="a"), weight("weak", rule="b")
    assert weigh([second, first], [], kb.certainty).counted == {first.cause}
    assert weigh([], [second, first], kb.certainty).counted == {first.cause}


def test_a_capped_conclusion_that_is_opposed_stays_unsupported(kb: KnowledgeBase) -> None:
    result = weigh([weight("strong", ceiling="weak")], [weight("strong")], kb.certainty)
    assert result.band == "not_supported"


def test_one_side_alone_is_what_its_groups_add_up_to(kb: KnowledgeBase) -> None:
    assert side_of([], kb.certainty) == 0
    assert side_of([weight("weak")], kb.certainty) == Fraction(1, 5)
    assert side_of([weight("weak"), weight("strong", "h")], kb.certainty) == Fraction(17, 25)


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
    assert decimal_text(Fraction(1)) == "1.000"
    assert decimal_text(Fraction(-1)) == "-1.000"


@pytest.mark.parametrize(
    ("net", "text"), [("0.0005", "0.001"), ("0.0004", "0.000"), ("-0.0004", "0.000")]
)
def test_half_a_thousandth_is_rounded_up_and_less_is_nothing(net: str, text: str) -> None:
    assert decimal_text(Fraction(net)) == text


def test_nothing_outweighs_a_decisive_finding_against(kb: KnowledgeBase) -> None:
    all_for = [weight("hallmark", group) for group in "abcdefgh"]
    result = weigh(all_for, [weight("decisive")], kb.certainty)
    assert (result.net, result.band) == (-1, "not_supported")


def test_an_unsure_decisive_finding_counts_as_a_hallmark(kb: KnowledgeBase) -> None:
    assert lowered("decisive", "unsure", kb.certainty) == "hallmark"
