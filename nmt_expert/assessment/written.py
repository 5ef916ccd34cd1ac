"""What the trace takes with it, so that it stands alone: rule texts, labels, answers in words.

An explanation that is read years later says what was said that day, whatever the rules say by then.
"""

from collections.abc import Iterable, Iterator

from nmt_expert.assessment.behind import met_by
from nmt_expert.assessment.plan import techniques_of
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.model.assessment import Firing, Input
from nmt_expert.model.condition_words import condition
from nmt_expert.model.finding import Bands
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.labels import rule_labels
from nmt_expert.model.rule import All, Any_, AtLeast, Citation, Condition, Rule, parts_of
from nmt_expert.model.words import SURE_WORDS, place
from nmt_expert.model.written import WrittenCondition, WrittenRule, WrittenSource

VALUE = "="
"""Between a finding and its value, where the words of the value are kept."""


def written_rules(firings: Iterable[Firing], kb: KnowledgeBase) -> dict[str, WrittenRule]:
    """The text of every rule that fired, by its id."""
    texts: dict[str, WrittenRule] = kb.derived.setdefault("written", {})
    fired = sorted({firing.rule for firing in firings})
    for id in fired:
        if id not in texts:
            texts[id] = written(kb.rules[id], kb)
    return {id: texts[id] for id in fired}


def written(rule: Rule, kb: KnowledgeBase) -> WrittenRule:
    """One rule as it stands today."""
    return WrittenRule(
        version=rule.version,
        title=rule.title,
        role=rule.role,
        status=rule.status,
        when=in_words(rule.when, kb),
        because=rule.because,
        limits=rule.limits,
        grade=rule.grade,
        basis=rule.basis,
        labels=rule_labels(rule),
        techniques=tuple(sorted(techniques_of(rule))),
        sources=tuple(_source(citation, kb) for citation in rule.sources),
    )


def in_words(when: Condition, kb: KnowledgeBase) -> WrittenCondition:
    """A condition and its parts, each in words of its own."""
    parts = tuple(in_words(part, kb) for part in parts_of(when))
    match when:
        case All():
            return WrittenCondition(says="all of", parts=parts)
        case Any_():
            return WrittenCondition(says="any of", parts=parts)
        case AtLeast(at_least=counted):
            return WrittenCondition(says=f"at least {counted.count} of", parts=parts)
    return WrittenCondition(says=condition(when, {}, kb))


def _source(citation: Citation, kb: KnowledgeBase) -> WrittenSource:
    source = kb.sources[citation.source]
    return WrittenSource(
        source=source.id,
        citation=source.citation,
        read=source.read,
        locator=citation.locator,
        says=citation.says,
        recalled=citation.recalled,
    )


def answers_said(found: Reasoning) -> tuple[Input, ...]:
    """The answers; those that met some condition with their words.

    A case may hold a thousand answers of "normal" on which nothing rests.
    """
    used = met_by(found.firings)
    return tuple(
        item.model_copy(update={"says": answer_said(item, found.kb)}) if item.id in used else item
        for item in found.inputs
    )


def answer_said(item: Input, kb: KnowledgeBase) -> str:
    """``Pain intensity: 7 of 10 (severe: 7 to 10)``."""
    where = place(kb, item.site, item.side)
    label = kb.findings[item.finding].label
    return f"{label}{f' ({where})' if where else ''}: {value_said(item, kb)}"


def value_said(item: Input, kb: KnowledgeBase) -> str:
    """``7 of 10 (severe: 7 to 10)``, ``absent (unsure)``."""
    finding = kb.findings[item.finding]
    value = finding.value_label(item.value)
    if item.number is not None and finding.number:
        within = span(finding.number, item.value)
        value = f"{item.number:g} {finding.number.unit} ({value}{f': {within}' if within else ''})"
    return value + SURE_WORDS[item.sure]


def span(number: Bands, band: str) -> str:
    """The numbers that a band holds: ``4 to under 7``, ``7 to 10``."""
    if band not in number.bands:
        return ""
    low, high = number.bands[band]
    return f"{low:g} to {number.max:g}" if high > number.max else f"{low:g} to under {high:g}"


def words_used(found: Reasoning) -> dict[str, str]:
    """The label of every place, finding, value, conclusion, flag and technique that it names."""
    kb = found.kb
    tables = (kb.techniques, kb.flags, kb.conclusions, kb.findings, kb.sites)
    labels = {id: factor.label for id, factor in kb.factors.items()}
    named = set(_named(found))
    for table in tables:
        labels |= {id: table[id].label for id in named if id in table}
    return dict(sorted((labels | _values(found)).items()))


def _values(found: Reasoning) -> dict[str, str]:
    """What an answer that met a condition asserted: ``pain_intensity=severe``."""
    findings, used = found.kb.findings, met_by(found.firings)
    return {
        f"{item.finding}{VALUE}{item.value}": findings[item.finding].value_label(item.value)
        for item in found.inputs
        if item.id in used
    }


def _named(found: Reasoning) -> Iterator[str]:
    for firing in found.firings:
        yield from firing.bindings.values()
        for name in (*firing.produced, *(by for met in firing.met for by in met.by)):
            yield from name.replace(" ", ":").split(":")
    used = met_by(found.firings)
    for item in found.inputs:
        if item.id in used:
            yield from filter(None, (item.finding, item.site))
    for line in (*found.focus, *(one.focus for one in found.withheld)):
        yield from (*line.technique, *line.region, *filter(None, (line.site,)))
    for one in found.withheld:
        yield from (one.by, *one.techniques)
    for referral in found.referrals:
        yield from (referral.flag, *referral.suppress)
    for caution in found.cautions:
        yield from (caution.caution, *caution.site, *caution.bans)
    for advice in found.advice:
        yield advice.advice
    for zone in found.complaints:
        yield zone.site
