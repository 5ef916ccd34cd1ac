"""Agreement beyond chance, against numbers worked by hand."""

from fractions import Fraction

from nmt_expert.review.kappa import ENOUGH, agreement, cohens_kappa


def pairs(*counts: tuple[str, str, int]) -> list[tuple[str, str]]:
    return [(one, other) for one, other, number in counts for _ in range(number)]


def test_twenty_yes_fifteen_no_and_fifteen_apart_is_four_tenths():
    """35 of 50 agree; by chance 25 of them would, at 25 and 30 yes: (0.7 - 0.5) / 0.5."""
    both = pairs(("yes", "yes", 20), ("yes", "no", 5), ("no", "yes", 10), ("no", "no", 15))
    assert cohens_kappa(both) == Fraction(2, 5)


def test_three_factors_worked_by_hand():
    """11 of 12 agree; chance alone gives (4*5 + 5*4 + 3*3) / 144, so (132 - 49) / (144 - 49)."""
    both = pairs(("a", "a", 4), ("b", "b", 4), ("b", "a", 1), ("c", "c", 3))
    assert cohens_kappa(both) == Fraction(83, 95)


def test_complete_agreement_is_one_and_chance_is_nought():
    assert cohens_kappa(pairs(("a", "a", 3), ("b", "b", 3))) == 1
    assert cohens_kappa(pairs(("a", "a", 1), ("a", "b", 1), ("b", "a", 1), ("b", "b", 1))) == 0


def test_worse_than_chance_is_below_nought():
    assert cohens_kappa(pairs(("a", "b", 1), ("b", "a", 1))) == -1


def test_who_always_says_one_thing_has_no_kappa():
    found = agreement(pairs(("a", "a", ENOUGH)))
    assert found.kappa is None
    assert found.why_none == "both always said the same"


def test_too_few_pairs_show_no_kappa_and_say_so():
    few = pairs(("a", "a", 10), ("b", "b", ENOUGH - 11))
    assert agreement(few).kappa is None
    assert agreement(few).why_none == f"too few to say: {ENOUGH - 1} of {ENOUGH}"
    assert agreement([*few, ("a", "b")]).kappa is not None
    assert agreement([]).why_none == f"too few to say: 0 of {ENOUGH}"
