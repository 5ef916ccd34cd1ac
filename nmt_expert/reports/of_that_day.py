"""The knowledge base in the words that an assessment took with it.

A result that was frozen keeps its rule texts and the labels of whatever its trace names. Every
document reads the knowledge through here, so that an old one says what was said on its day.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from nmt_expert.assessment.written import VALUE, written
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.finding import Finding
from nmt_expert.model.knowledge import ConclusionKind, Factor, Flag, KnowledgeBase, Technique
from nmt_expert.model.site import Site
from nmt_expert.model.written import WrittenRule

Labelled = TypeVar("Labelled", Site, Finding, Factor, ConclusionKind, Flag, Technique)


def changed_since(assessment: Assessment, kb: KnowledgeBase) -> bool:
    """Whether the assessment was drawn from other knowledge than this."""
    return assessment.knowledge_base.get("sha256") != kb.sha256


def in_its_words(kb: KnowledgeBase, assessment: Assessment) -> KnowledgeBase:
    """The knowledge with the labels of that day; itself where it has not changed since.

    What the trace does not name keeps today's label: what was open, what to do in an emergency.
    """
    if not changed_since(assessment, kb):
        return kb
    words = assessment.words
    return replace(
        kb,
        sites=_labelled(kb.sites, words),
        findings=_with_values(_labelled(kb.findings, words), words),
        factors=_labelled(kb.factors, words),
        conclusions=_labelled(kb.conclusions, words),
        flags=_labelled(kb.flags, words),
        techniques=_labelled(kb.techniques, words),
    )


def text_of(rule: str, assessment: Assessment, kb: KnowledgeBase) -> WrittenRule | None:
    """A rule's text as it was kept; where none was, as it stands now, if it still does."""
    kept = assessment.rules.get(rule)
    if kept or rule not in kb.rules:
        return kept
    return written(kb.rules[rule], kb)


def _labelled(table: Mapping[str, Labelled], words: Mapping[str, str]) -> Mapping[str, Labelled]:
    others = {
        id: entry.model_copy(update={"label": words[id]})
        for id, entry in table.items()
        if words.get(id, entry.label) != entry.label
    }
    return {**table, **others}


def _with_values(
    findings: Mapping[str, Finding], words: Mapping[str, str]
) -> Mapping[str, Finding]:
    """The findings with the words of that day for the values that were answered."""
    told: dict[str, dict[str, str]] = {}
    for name, label in words.items():
        id, value_of, value = name.partition(VALUE)
        if value_of and id in findings and findings[id].value_label(value) != label:
            told.setdefault(id, dict(findings[id].labels))[value] = label
    return {
        **findings,
        **{id: findings[id].model_copy(update={"labels": labels}) for id, labels in told.items()},
    }
