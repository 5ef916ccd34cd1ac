"""How and why-not print like a report."""

from nmt_expert.model.explanation import How, NearRule, Reasoned, Unmet, WhyNot
from nmt_expert.reports import as_plain, how_report, why_not_report
from tests.reports import sample

KB = sample.knowledge_base()
REASON = Reasoned(
    kind="rule",
    text="Tender spot inside a band.",
    ref="tp.core",
    labels=("unreviewed",),
    details=("Rule tp.core, version 1",),
    limits="Examiners agree moderately.",
    sources=("Delphi study 2018, abstract",),
    children=(Reasoned(kind="answer", text="Taut band: present"),),
)
HOW = How(of="x", sentence="Active trigger point: strong.", tree=(REASON,))
WHY_NOT = WhyNot(
    of="y",
    concluded=False,
    sentence="Nothing supports it yet.",
    nearest=(
        NearRule(
            rule="tp.core",
            title="Title of tp.core",
            conditions=(Unmet(condition="Taut band present", state="not_asked"),),
            would_need=("taut_band@upper_trapezius:right=present",),
        ),
    ),
    next_obstacle="It would still be opposed.",
)


def test_how_in_a_sentence_is_one_line() -> None:
    assert as_plain(how_report(HOW, "sentence")) == "Active trigger point: strong. [unreviewed]\n"


def test_how_as_a_tree_shows_answers_and_labels_but_no_sources() -> None:
    text = as_plain(how_report(HOW, "tree"))
    assert "Tender spot inside a band. [unreviewed]" in text
    assert "Taut band: present" in text
    assert "Source:" not in text


def test_how_in_full_shows_rule_limits_and_sources() -> None:
    text = as_plain(how_report(HOW, "full"))
    for words in ("Rule tp.core", "Limits: Examiners", "Source: Delphi study 2018, abstract"):
        assert words in text


def test_why_not_shows_how_each_condition_stands_and_what_would_be_needed() -> None:
    text = as_plain(why_not_report(WHY_NOT, KB))
    assert "Taut band present: not asked" in text
    assert "It would fire with: Taut band: Upper trapezius, right" in text
    assert "It would still be opposed." in text
