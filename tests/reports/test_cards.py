"""``kb show`` tells what an entry says, from the entry itself."""

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports import as_plain
from nmt_expert.reports.cards import cards
from nmt_expert.reports.catalogue import matching_findings, matching_rules, statistics


def text_of(kb: KnowledgeBase, name: str) -> str:
    return "\n".join(as_plain(card, width=400) for card in cards(kb, name))


def test_a_rule_s_card_gives_condition_reason_limits_sources_and_examples(
    kb: KnowledgeBase,
) -> None:
    rule = kb.rules["red_flags.spine.cauda_equina_any_sign"]
    text = text_of(kb, rule.id)
    for part in ("Fires when", "any of", rule.because, "Limits", "Stays silent", rule.version):
        assert part in text


def test_a_finding_s_card_says_what_it_takes_beside_it_and_what_follows(kb: KnowledgeBase) -> None:
    text = text_of(kb, "taut_band")
    wanted = "With hypersensitive spot and familiar pain on pressure: Active trigger point (strong)"
    assert wanted in text
    assert "Strum across the fibres" in text


def test_a_finding_that_speaks_against_says_by_which_value(kb: KnowledgeBase) -> None:
    against = text_of(kb, "taut_band").partition("Speaks against")[2]
    assert against.lstrip(" \n-").startswith("If absent")


def test_a_muscle_s_card_tells_its_pain_map_its_nerves_and_its_postures(kb: KnowledgeBase) -> None:
    text = text_of(kb, "upper_trapezius")
    assert "Refers to (essential): Back and side of the neck; Temple" in text
    assert "Refers to (spillover): " in text
    for title in ("How it is touched", "Look-alikes to rule out", "Nerves", "Posture"):
        assert f"\n{title}\n" in text


def test_a_guarded_muscle_says_that_it_must_be_cleared_first(kb: KnowledgeBase) -> None:
    guarded = [s.id for s in kb.of_kind(kb.plan.clearance_group) if s.kind == "muscle"]
    assert guarded
    for muscle in guarded:
        assert "Hands on only once it is" in text_of(kb, muscle)


def test_a_red_flag_s_card_says_how_urgent_to_whom_and_what_not_to_do(kb: KnowledgeBase) -> None:
    text = text_of(kb, "cauda_equina")
    for part in ("EMERGENCY: ", "Say: ", "Because: ", "Do not"):
        assert part in text


def test_a_technique_s_card_says_what_forbids_it(kb: KnowledgeBase) -> None:
    text = text_of(kb, "ischemic compression")
    assert "Dose: " in text
    forbidding = text.partition("What forbids it")[2].partition("Sources")[0]
    assert "Sore veins (not here)" in forbidding


def test_a_source_s_card_says_how_much_of_it_was_read(kb: KnowledgeBase) -> None:
    text = text_of(kb, "del18")
    assert "Read: abstract read" in text
    assert "Taut band" in text


def test_findings_are_searched_by_words_in_any_case(kb: KnowledgeBase) -> None:
    found = matching_findings(kb, ["TAUT", "band"])
    assert "taut_band" in {finding.id for finding in found}
    assert len(matching_findings(kb, [])) == len(kb.findings)


def test_rules_are_searched_by_words(kb: KnowledgeBase) -> None:
    assert matching_rules(kb, ["cauda_equina"])
    assert not matching_rules(kb, ["no such word anywhere"])


def test_statistics_add_up(kb: KnowledgeBase) -> None:
    counts = statistics(kb)
    assert sum(counts.rules_by_role.values()) == counts.rules == len(kb.rules)
    assert sum(counts.findings_by_kind.values()) == counts.findings
