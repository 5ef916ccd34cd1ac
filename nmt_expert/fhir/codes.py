"""Our code systems: what may be named by a code, and what each code is called."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from nmt_expert.fhir.names import (
    ANSWERS,
    CONCLUSIONS,
    FINDINGS,
    FLAGS,
    PLACES,
    Resource,
)
from nmt_expert.interview.words import YES_NO
from nmt_expert.model.finding import NON_ANSWERS, Finding
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Advise
from nmt_expert.model.words import SIDE_WORDS, place

_NON_ANSWER_WORDS = {
    "unknown": "not known",
    "not_examined": "not examined",
    "not_applicable": "does not apply",
    "later": "to be asked later",
}
_SHARED = (*YES_NO, *NON_ANSWERS)
"""Values that mean the same whatever the finding."""


class System(NamedTuple):
    """One code system: its address, its title, its codes with their words."""

    url: str
    title: str
    codes: Mapping[str, str]


def systems(kb: KnowledgeBase) -> dict[str, System]:
    """Every code system of a knowledge base, by its address; worked out once."""
    made: dict[str, System] = kb.derived.setdefault("fhir_systems", {})
    if not made:
        found = (
            System(FINDINGS, "Findings", {one.id: one.label for one in kb.findings.values()}),
            System(ANSWERS, "Answers", dict(_answers(kb))),
            System(PLACES, "Places", dict(_places(kb))),
            System(FLAGS, "Flags, cautions and advice", dict(_flags(kb))),
            System(CONCLUSIONS, "Conclusions", {c.id: c.label for c in kb.conclusions.values()}),
        )
        made |= {system.url: system for system in found}
    return made


def code_of(finding: str, value: str) -> str:
    """The code of a value: itself where all findings share it, else ``finding.value``."""
    return value if value in _SHARED else f"{finding}.{value}"


def value_words(finding: Finding, value: str) -> str:
    """What a value is called."""
    if value in finding.values and value not in YES_NO:
        return finding.value_label(value)
    return YES_NO.get(value) or _NON_ANSWER_WORDS[value]


def answer_coding(finding: str, value: str) -> Resource:
    """A value of a finding, or a non-answer, as a Coding without words."""
    return {"system": ANSWERS, "code": code_of(finding, value)}


def option(finding: Finding, value: str) -> Resource:
    """The same with the words that a person chooses."""
    return {**answer_coding(finding.id, value), "display": value_words(finding, value)}


def place_code(site: str | None, side: str | None) -> str:
    """``upper_trapezius:right``; for a whole side of the body only the side."""
    return ":".join(part for part in (site, side) if part)


def coded(system: str, code: str, kb: KnowledgeBase, words: str = "") -> Resource:
    """A CodeableConcept; what an older record names and today's systems lack is told in words."""
    display = systems(kb)[system].codes.get(code)
    if display is None:
        return {"text": words or code.replace("_", " ")}
    coding = {"system": system, "code": code, "display": display}
    return {"coding": [coding], "text": words or display}


def code_systems(kb: KnowledgeBase) -> Resource:
    """A Bundle with every code system, whole."""
    entries = [
        {"fullUrl": system.url, "resource": _resource(system, kb)}
        for system in systems(kb).values()
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _resource(system: System, kb: KnowledgeBase) -> Resource:
    name = system.url.rpartition("/")[2]
    return {
        "resourceType": "CodeSystem",
        "id": name,
        "url": system.url,
        "version": kb.version,
        "name": f"NmtExpert{name.capitalize()}",
        "title": system.title,
        "status": "draft",
        "caseSensitive": True,
        "content": "complete",
        "count": len(system.codes),
        "concept": [{"code": code, "display": words} for code, words in system.codes.items()],
    }


def _answers(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    yield from YES_NO.items()
    yield from _NON_ANSWER_WORDS.items()
    for finding in kb.findings.values():
        for value in finding.values:
            if value not in _SHARED:
                yield code_of(finding.id, value), finding.value_label(value)


def _places(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    yield from SIDE_WORDS.items()
    for site in kb.sites.values():
        yield site.id, site.label
        if site.sided:
            for side in SIDE_WORDS:
                yield place_code(site.id, side), place(kb, site.id, side)


def _flags(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    for flag in kb.flags.values():
        yield flag.id, flag.label
    for rule in kb.rules.values():
        for outcome in rule.then:
            if isinstance(outcome, Advise) and outcome.advice not in kb.flags:
                yield outcome.advice, outcome.advice.replace("_", " ").capitalize()
