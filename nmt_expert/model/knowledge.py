"""The knowledge base as one value: vocabulary, anatomy, rules, questions, and look-ups."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from nmt_expert.model.base import Band, Basis, Grade, Id, Record, SourceKey, Strength, Text, Urgency
from nmt_expert.model.body_chart import ChartView
from nmt_expert.model.finding import Finding
from nmt_expert.model.measure import Measure
from nmt_expert.model.practice import PanelAnswer, PracticeRules
from nmt_expert.model.question import Question
from nmt_expert.model.review import ReviewReason, RuleReview
from nmt_expert.model.rule import Rule
from nmt_expert.model.site import Relation, RelationTable, Site, SiteKind


class Source(Record):
    """A document that statements rest on, and how much of it was read."""

    id: SourceKey
    citation: Text
    where: Text | None = None
    read: Literal["full", "abstract", "opening", "excerpt", "not recorded", "recalled"]
    note: Text | None = None


class Factor(Record):
    """One of the five factors of neuromuscular therapy."""

    id: Id
    label: Text
    means: Text
    limits: Text | None = None
    sources: tuple[SourceKey, ...] = ()


class ConclusionKind(Record):
    """A kind of conclusion (or candidate): what it means and which factor it belongs to."""

    id: Id
    label: Text
    factor: Id | None = None
    site: SiteKind
    means: Text
    candidate_only: bool = False


class Flag(Record):
    """A red flag, caution or perpetuating factor, in words that name no diagnosis.

    ``call`` adds whom to call for this flag alone; it may hold ``{crisis_number}``.
    """

    id: Id
    kind: Literal["red_flag", "caution", "perpetuating_factor", "finding"]
    label: Text
    call: Text | None = None
    do_not: tuple[Text, ...] = ()
    tell_ambulance: Text | None = None


class UrgencyText(Record):
    """What an urgency asks of the therapist.

    ``call``, ``do`` and ``to_client``, which the client reads at home, may hold
    ``{emergency_number}`` and ``{crisis_number}``.
    """

    id: Urgency
    label: Text
    rank: int
    call: Text
    say: Text
    to_client: Text | None = None
    do: tuple[Text, ...] = ()
    do_not: tuple[Text, ...] = ()
    tell_ambulance: Text | None = None
    basis: Basis


class Technique(Record):
    """A treatment technique with its dose, cautions and the stretching licence it needs."""

    id: Id
    label: Text
    synonyms: tuple[Text, ...] = ()
    what: Text
    dose: Text
    expect: Text | None = None
    cautions: Text | None = None
    needs: Literal["none", "self_care_only", "assisted", "assisted_with_pnf"] = "none"
    grade: Grade
    basis: Basis
    sources: tuple[SourceKey, ...] = ()


class CountryNumbers(Record):
    """Emergency and crisis numbers of one country (``id``: its two letters), and who says so."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    label: Text
    emergency: Text
    crisis: Text | None = None
    source: Text
    crisis_source: Text | None = None


class Certainty(Record):
    """Numbers behind the words: strengths, band thresholds; all exact decimals written as text."""

    strengths: dict[Strength, str]
    bands: dict[Band, str]
    unsure_steps: dict[Literal["sure", "fairly", "unsure"], int]
    explained_by: tuple[tuple[Id, ...], ...]
    limits: Text
    sources: tuple[SourceKey, ...] = ()


class UnexplainedReferral(Record):
    """What is said of a complaint that the examination does not explain."""

    flag: Id
    to: Text
    say: Text
    because: Text


class SessionWords(Record):
    """Which finding says the number of the session, and the least number of each of its values."""

    finding: Id
    least: dict[Id, int]

    def value_of(self, number: int) -> str:
        """The value that a session's number falls under; 1 is the first."""
        reached = [value for value, least in self.least.items() if least <= number]
        return max(reached, key=lambda value: self.least[value])


class Handout(Record):
    """What the client's own copy tells: advice said to the client, and signs to get help for."""

    home: tuple[Id, ...]
    watch: tuple[Id, ...]


class PlanRules(Record):
    """The names that code needs to know by role: which finding is the pain, what clears a muscle.

    ``complaint_finding`` is what a complaint's site asserts, ``age_finding`` what the client's age
    answers; a focus on a muscle of ``clearance_group`` needs the candidate ``cleared_by``; what a
    technique needs must not lie beyond the answer to ``licence_finding`` in ``licence_order``,
    nor beyond ``licence_unanswered`` where there is none;
    ``change_finding`` holds what the measured scores say together, and is never asked;
    ``sessions`` says how the number of the session is answered from the records; ``handout``
    what may stand on the client's own copy.
    """

    complaint_finding: Id
    age_finding: Id
    clearance_group: Id
    cleared_by: Id
    licence_finding: Id
    licence_order: tuple[Id, ...]
    licence_unanswered: Id
    change_finding: Id | None = None
    sessions: SessionWords | None = None
    handout: Handout | None = None
    unexplained: UnexplainedReferral


class Overlay(Record):
    """A clinic's own entries over the knowledge base: their folder, their hash, how many by kind.

    ``extended`` are relations that were given further rows.
    """

    name: str
    sha256: str
    added: dict[str, int] = Field(default_factory=dict)
    replaced: dict[str, int] = Field(default_factory=dict)
    extended: dict[str, int] = Field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.name}, sha256 {self.sha256[:12]}"


@dataclass(frozen=True)
class KnowledgeBase:
    """Everything that was loaded, frozen; two bases with one ``sha256`` reason alike."""

    version: str
    sha256: str
    sources: Mapping[str, Source]
    sites: Mapping[str, Site]
    relation_tables: Mapping[str, RelationTable]
    relations: tuple[Relation, ...]
    findings: Mapping[str, Finding]
    factors: Mapping[str, Factor]
    conclusions: Mapping[str, ConclusionKind]
    flags: Mapping[str, Flag]
    urgencies: Mapping[Urgency, UrgencyText]
    techniques: Mapping[str, Technique]
    numbers: Mapping[str, CountryNumbers]
    certainty: Certainty
    plan: PlanRules
    rules: Mapping[str, Rule]
    questions: Mapping[str, Question]
    body_chart: Mapping[str, ChartView] = field(default_factory=dict)
    """The views of the body chart, by id; none where the knowledge has no chart."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Where each entry stands: ``finding:taut_band`` -> ``knowledge/findings/palpation.yml:12``."""
    ancestors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Every region and group a site is part of, transitively (without itself)."""
    synonyms: Mapping[str, str] = field(default_factory=dict)
    """Old or other names of findings and sites, lower case, to their id."""
    measures: Mapping[str, Measure] = field(default_factory=dict)
    """How outcomes are measured, in file order."""
    practice: PracticeRules | None = None
    """What practice needs to know; None where the knowledge has nothing on it."""
    panel: Mapping[str, PanelAnswer] = field(default_factory=dict)
    """What supervisors answered to script-concordance items."""
    overlay: Overlay | None = None
    """The clinic's own additions that are laid over it."""
    reviews: Mapping[str, RuleReview] = field(default_factory=dict)
    """Who signed which version of each rule."""
    review_reasons: Mapping[str, ReviewReason] = field(default_factory=dict)
    """The closed list of reasons for not agreeing with a result, in file order."""

    @cached_property
    def derived(self) -> dict[str, Any]:
        """Tables that follow from the knowledge alone, by name; each room fills its own."""
        return {}

    @cached_property
    def asked_by(self) -> Mapping[str, str]:
        """The first question that asks each finding."""
        first: dict[str, str] = {}
        for question in self.questions.values():
            for ask in question.ask:
                first.setdefault(ask.finding, question.id)
        return first

    def label(self, site: str | None) -> str:
        """The words for a site, or an empty string for none."""
        return self.sites[site].label if site else ""

    def is_sided(self, site: str | None) -> bool:
        """Whether a site has a left and a right."""
        return site is not None and self.sites[site].sided

    def of_kind(self, kind: str) -> tuple[Site, ...]:
        """All sites of a kind, or all members of a region or group, in file order."""
        if kind in self.sites:
            return tuple(s for s in self.sites.values() if kind in self.ancestors.get(s.id, ()))
        return tuple(s for s in self.sites.values() if s.kind == kind)

    def summary(self) -> dict[str, Any]:
        """What a report says of the knowledge it used."""
        unreviewed = sum(1 for rule in self.rules.values() if rule.status == "draft")
        told: dict[str, Any] = {
            "version": self.version,
            "sha256": self.sha256,
            "rules": len(self.rules),
            "unreviewed": unreviewed,
        }
        return told | ({"overlay": self.overlay.model_dump()} if self.overlay else {})
