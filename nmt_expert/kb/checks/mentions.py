"""Every name that one entry of the knowledge uses of another."""

from collections.abc import Iterator
from typing import NamedTuple

from nmt_expert.kb.checks.base import Survey
from nmt_expert.kb.conditions import site_terms
from nmt_expert.kb.marks import Path_
from nmt_expert.model.measure import Measure
from nmt_expert.model.rule import (
    Advise,
    Atom,
    BandCondition,
    Candidate,
    CandidateCondition,
    Caution,
    Conclude,
    Example,
    FindingCondition,
    Outcome,
    Refer,
    RelationCondition,
    Rule,
    Treat,
)

EVERYTHING = ("all", "complaint")
"""Words that stand for a region or technique: all of them, or the places of the complaint."""


class Mention(NamedTuple):
    """``name``, meant as an entry of kind ``category``, at a path of the entry that says it."""

    category: str
    name: str
    kind: str
    owner: str
    path: Path_


Named = Iterator[tuple[str, str, Path_]]
"""Category, name, path within the entry."""


def mentions(survey: Survey) -> Iterator[Mention]:
    """All of them, in reading order."""
    for kind, owner, found in _by_entry(survey):
        for category, name, path in found:
            if not name.startswith("$"):
                yield Mention(category, name, kind, owner, path)


def _by_entry(survey: Survey) -> Iterator[tuple[str, str, Named]]:
    for used in survey.used:
        yield used.kind, used.owner, _of_atom(used.atom, used.path)
    for rule in survey.rules.values():
        yield "rule", rule.id, _of_rule(rule)
    for question in survey.questions.values():
        asked = enumerate(question.ask)
        yield (
            "question",
            question.id,
            (("finding", ask.finding, ("ask", n, "finding")) for n, ask in asked),
        )
        yield "question", question.id, _of_places(survey, question.id)
    for finding in survey.findings.values():
        opposed = enumerate(finding.contradicts)
        yield "finding", finding.id, (("finding", name, ("contradicts", n)) for n, name in opposed)
        if finding.number:
            cited = ("source", finding.number.source, ("number", "source"))
            yield "finding", finding.id, iter([cited])
    for site in survey.sites.values():
        yield (
            "site",
            site.id,
            (("site", name, ("part_of", n)) for n, name in enumerate(site.part_of)),
        )
    for name, table in survey.tables.items():
        for n, row in enumerate(table.rows):
            yield "relation", name, _listed("site", row.from_, ("rows", n, "from"))
            yield "relation", name, _listed("site", row.to, ("rows", n, "to"))
            yield "relation", name, _listed("source", row.sources, ("rows", n, "sources"))
    for measure in survey.measures.values():
        yield "measure", measure.id, _of_measure(measure)
    yield from _sources_of_cards(survey)
    yield from _settings(survey)


def _of_atom(atom: Atom, path: Path_) -> Named:
    match atom:
        case FindingCondition(finding=name):
            yield "finding", name, (*path, "finding")
        case RelationCondition(relation=name):
            yield "relation", name, (*path, "relation")
        case CandidateCondition(candidate=name):
            yield "conclusion", name, (*path, "candidate")
        case BandCondition(band=name):
            yield "conclusion", name, (*path, "band")
    for key, term in site_terms(atom):
        yield "site", term, (*path, key)


def _of_rule(rule: Rule) -> Named:
    for n, outcome in enumerate(rule.then):
        yield from _of_outcome(outcome, ("then", n))
    for n, citation in enumerate(rule.sources):
        yield "source", citation.source, ("sources", n, "source")
    yield from _of_example(rule.examples.fires, ("examples", "fires"))
    yield from _of_example(rule.examples.silent, ("examples", "silent"))


def _of_outcome(outcome: Outcome, path: Path_) -> Named:
    match outcome:
        case Refer():
            yield "flag", outcome.flag, (*path, "flag")
            yield from _listed("site", outcome.suppress, (*path, "suppress"))
        case Caution():
            yield "flag", outcome.caution, (*path, "caution")
            yield from _listed("site", outcome.site, (*path, "site"))
            yield from _listed("technique", outcome.bans, (*path, "bans"))
        case Candidate():
            yield "conclusion", outcome.candidate, (*path, "candidate")
            yield "site", outcome.site, (*path, "site")
        case Conclude():
            yield "conclusion", outcome.conclude, (*path, "conclude")
            yield "factor", outcome.factor, (*path, "factor")
            yield "site", outcome.site, (*path, "site")
        case Treat():
            if outcome.site:
                yield "site", outcome.site, (*path, "site")
            yield from _listed("technique", outcome.technique, (*path, "technique"))
            yield from _listed("technique", outcome.bans, (*path, "bans"))
        case Advise() if outcome.to:
            yield "flag", outcome.advice, (*path, "advice")


def _of_measure(measure: Measure) -> Named:
    yield "finding", measure.score, ("score",)
    yield from _listed("site", measure.regions, ("regions",))
    yield from _listed("source", measure.licence.sources, ("licence", "sources"))
    for n, threshold in enumerate(measure.thresholds):
        for m, citation in enumerate(threshold.sources):
            yield "source", citation.source, ("thresholds", n, "sources", m, "source")


def _of_example(example: Example, path: Path_) -> Named:
    for n, given in enumerate(example.given):
        for key, name in (("candidate", given.candidate), ("band", given.band)):
            if name:
                yield "conclusion", name, (*path, "given", n, key)
        yield "site", given.site, (*path, "given", n, "site")
    for n, answer in enumerate(example.answers):
        yield "finding", answer.finding, (*path, "answers", n, "finding")
        if answer.site:
            yield "site", answer.site, (*path, "answers", n, "site")


def _of_places(survey: Survey, question: str) -> Named:
    """The sites a question names; ``each`` may also be a kind of site."""
    kinds = {site.kind for site in survey.sites.values()}
    for n, ask in enumerate(survey.questions[question].ask):
        if ask.site:
            yield "site", ask.site, ("ask", n, "site")
        if ask.each and ask.each not in kinds:
            yield "site", ask.each, ("ask", n, "each")


def _sources_of_cards(survey: Survey) -> Iterator[tuple[str, str, Named]]:
    for kind in ("site", "finding", "factor", "technique", "certainty", "measure"):
        for owner, record in survey.draft.tables.get(kind, {}).items():
            cited: tuple[str, ...] = getattr(record, "sources", ())
            yield kind, owner, _listed("source", cited, ("sources",))


def _settings(survey: Survey) -> Iterator[tuple[str, str, Named]]:
    if survey.certainty:
        steps = enumerate(survey.certainty.explained_by)
        yield (
            "certainty",
            "certainty",
            (
                ("relation", name, ("explained_by", n, m))
                for n, way in steps
                for m, name in enumerate(way)
            ),
        )
    if survey.plan:
        named: list[tuple[str, str, Path_]] = [
            ("site", survey.plan.clearance_group, ("clearance_group",)),
            ("conclusion", survey.plan.cleared_by, ("cleared_by",)),
            ("finding", survey.plan.complaint_finding, ("complaint_finding",)),
            ("finding", survey.plan.age_finding, ("age_finding",)),
            ("finding", survey.plan.licence_finding, ("licence_finding",)),
            ("flag", survey.plan.unexplained.flag, ("unexplained", "flag")),
        ]
        if survey.plan.change_finding:
            named.append(("finding", survey.plan.change_finding, ("change_finding",)))
        if survey.plan.sessions:
            finding = survey.plan.sessions.finding
            named.append(("finding", finding, ("sessions", "finding")))
        if survey.plan.handout:
            watched = enumerate(survey.plan.handout.watch)
            named += [("finding", name, ("handout", "watch", n)) for n, name in watched]
        yield "plan", "plan", iter(named)


def _listed(category: str, names: tuple[str, ...], path: Path_) -> Named:
    for n, name in enumerate(names):
        if name not in EVERYTHING:
            yield category, name, (*path, n)
