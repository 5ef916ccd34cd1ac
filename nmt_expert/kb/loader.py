"""The knowledge base as one value, or every fault that keeps it from being one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, get_args

from nmt_expert.kb import anatomy, cache
from nmt_expert.kb.checks import run_checks
from nmt_expert.kb.draft import Draft
from nmt_expert.kb.folder import knowledge_folder, overlay_folder
from nmt_expert.kb.kinds import Version
from nmt_expert.kb.reading import content_hash, overlay_of, read_draft
from nmt_expert.model.base import URGENCIES, Record, Urgency
from nmt_expert.model.body_chart import ChartView
from nmt_expert.model.errors import Fault, KnowledgeBaseInvalid, in_file_order
from nmt_expert.model.finding import Finding
from nmt_expert.model.knowledge import (
    Certainty,
    ConclusionKind,
    CountryNumbers,
    Factor,
    Flag,
    KnowledgeBase,
    PlanRules,
    Source,
    Technique,
    UrgencyText,
)
from nmt_expert.model.measure import Measure
from nmt_expert.model.practice import PanelAnswer, PracticeRules
from nmt_expert.model.question import Question, Section
from nmt_expert.model.review import ReviewReason, RuleReview
from nmt_expert.model.rule import Rule
from nmt_expert.model.site import Relation, RelationTable, Site

R = TypeVar("R", bound=Record)
T = TypeVar("T")


@dataclass(frozen=True)
class Examination:
    """What a check of the knowledge base found; no knowledge base while there are errors."""

    kb: KnowledgeBase | None
    errors: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def load(folder: Path | str | None = None, overlay: Path | str | None = None) -> KnowledgeBase:
    """The knowledge base, checked, with a clinic's own additions laid over it.

    Raises:
        KnowledgeBaseInvalid: with every fault of every file.
    """
    base, added = knowledge_folder(folder), overlay_folder(overlay)
    roots = {"base": base} | ({f"overlay {added.name}": added} if added else {})
    key = cache.fingerprint(roots)
    if found := cache.kept(key):
        return found
    draft = read_draft(base, added)
    if errors := _errors(draft):
        raise KnowledgeBaseInvalid(errors)
    kb = _assemble(draft)
    if key == cache.fingerprint(roots):  # nobody changed a file meanwhile
        cache.keep(key, kb)
    return kb


def examine(folder: Path | str | None = None, overlay: Path | str | None = None) -> Examination:
    """Read and check everything, and report errors and warnings instead of raising them.

    Raises:
        KnowledgeBaseInvalid: there is no knowledge base to read.
    """
    draft = read_draft(knowledge_folder(folder), overlay_folder(overlay))
    errors = _errors(draft)
    warnings = in_file_order(run_checks(draft, "warning"))
    return Examination(None if errors else _assemble(draft), tuple(errors), tuple(warnings))


def _errors(draft: Draft) -> list[Fault]:
    return in_file_order((*draft.faults, *run_checks(draft, "error")))


def _assemble(draft: Draft) -> KnowledgeBase:
    """The parts of a sound draft, put together."""
    sites = draft.table("site", Site)
    tables = draft.table("relation", RelationTable)
    findings = draft.table("finding", Finding)
    above = anatomy.ancestors(sites)
    reviews = draft.table("rule_review", RuleReview)
    return KnowledgeBase(
        version=_only(draft, "version", Version).version,
        sha256=content_hash(draft),
        sources=_frozen(draft.table("source", Source)),
        sites=_frozen(sites),
        relation_tables=_frozen({**tables, **{one.relation: one for one in anatomy.DERIVED}}),
        relations=_relations(tables.values(), above),
        findings=_frozen(findings),
        factors=_frozen(draft.table("factor", Factor)),
        conclusions=_frozen(draft.table("conclusion", ConclusionKind)),
        flags=_frozen(draft.table("flag", Flag)),
        urgencies=_urgencies(draft),
        techniques=_frozen(draft.table("technique", Technique)),
        numbers=_frozen(draft.table("numbers", CountryNumbers)),
        certainty=_only(draft, "certainty", Certainty),
        plan=_only(draft, "plan", PlanRules),
        rules=_frozen(_with_reviews(draft.table("rule", Rule), reviews)),
        questions=_frozen(_in_asking_order(draft.table("question", Question))),
        body_chart=_frozen(draft.table("body_chart", ChartView)),
        places=_frozen(_places(draft)),
        ancestors=_frozen(above),
        synonyms=_frozen(_synonyms(findings, sites)),
        measures=_frozen(draft.table("measure", Measure)),
        practice=draft.one("practice", PracticeRules),
        panel=_frozen(draft.table("panel", PanelAnswer)),
        overlay=overlay_of(draft),
        reviews=_frozen(reviews),
        review_reasons=_frozen(draft.table("review_reason", ReviewReason)),
    )


def _frozen(table: dict[str, T]) -> Mapping[str, T]:
    return MappingProxyType(table)


def _only(draft: Draft, kind: str, record: type[R]) -> R:
    """The one record of a kind; a sound draft has it."""
    found = draft.one(kind, record)
    assert found is not None, kind
    return found


def _relations(
    tables: Iterable[RelationTable], above: Mapping[str, frozenset[str]]
) -> tuple[Relation, ...]:
    """Every pair that holds: written, within, and remote; each once."""
    written = tuple(anatomy.written(tables))
    return tuple(dict.fromkeys((*written, *anatomy.part_of(above), *anatomy.remote_from(written))))


def _with_reviews(rules: dict[str, Rule], reviews: dict[str, RuleReview]) -> dict[str, Rule]:
    """A draft counts as reviewed while somebody signed this very version of it."""
    held = {
        name
        for name, review in reviews.items()
        if name in rules and review.of_version(rules[name].version)
    }
    return {
        name: rule.model_copy(update={"status": "reviewed"})
        if name in held and rule.status == "draft"
        else rule
        for name, rule in rules.items()
    }


def _urgencies(draft: Draft) -> Mapping[Urgency, UrgencyText]:
    texts = draft.table("urgency", UrgencyText)
    return MappingProxyType({urgency: texts[urgency] for urgency in URGENCIES})


def _in_asking_order(questions: dict[str, Question]) -> dict[str, Question]:
    """Sections in their fixed order; within one, as the files have it."""
    order = {section: n for n, section in enumerate(get_args(Section))}
    return dict(sorted(questions.items(), key=lambda item: order[item[1].section]))


def _places(draft: Draft) -> dict[str, str]:
    return {
        f"{kind}:{name}": entry.place
        for kind, entries in draft.entries.items()
        for name, entry in entries.items()
    }


def _synonyms(findings: Mapping[str, Finding], sites: Mapping[str, Site]) -> dict[str, str]:
    """Other names to ids: those that are no id themselves and mean one thing only."""
    meanings: dict[str, set[str]] = {}
    records: tuple[Finding | Site, ...] = (*findings.values(), *sites.values())
    for record in records:
        for synonym in record.synonyms:
            meanings.setdefault(synonym.lower(), set()).add(record.id)
    return {
        name: next(iter(ids))
        for name, ids in meanings.items()
        if len(ids) == 1 and name not in findings and name not in sites
    }
