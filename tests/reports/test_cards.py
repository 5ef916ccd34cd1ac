"""``kb show`` tells what an entry says, from the entry itself."""

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports import as_plain
from nmt_expert.reports.cards import cards, entries, names
from nmt_expert.reports.catalogue import matching_findings, matching_rules, statistics


def text_of(kb: KnowledgeBase, name: str) -> str:
    return "\n".join(as_plain(card, width=400) for card in cards(kb, name))


def test_every_entry_has_a_card_that_can_be_printed(kb: KnowledgeBase) -> None:
    for name in names(kb):
        assert all(as_plain(card) for card in cards(kb, name)), name


def test_a_rule_s_card_gives_condition_reason_limits_sources_and_examples(
    kb: KnowledgeBase,
) -> None:
    rule = kb.rules["red_flags.spine.cauda_equina_any_sign"]
    text = text_of(kb, rule.id)
    for part in ("Fires when", "any of", rule.because, "Limits", "Stays silent", rule.version):
        assert part in text


def test_a_finding_is_found_by_its_synonym(kb: KnowledgeBase) -> None:
    synonym = kb.findings["taut_band"].synonyms[0]
    assert kb.findings["taut_band"] in entries(kb, synonym)


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
