"""One run over the answers: everything that is known now, before asking what could still be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from nmt_expert.assessment import conclusions as drawing
from nmt_expert.assessment.conclusions import Key, TwoSides
from nmt_expert.assessment.explains import ComplaintZone, Explainer, complaints, zones_at
from nmt_expert.assessment.factors import ranked
from nmt_expert.assessment.filters import Surroundings, filtered
from nmt_expert.assessment.inputs import Evidence, evidence
from nmt_expert.assessment.instances import instances
from nmt_expert.assessment.plan import bans_of, focus_lines
from nmt_expert.assessment.referrals import advice, cautions, referrals
from nmt_expert.assessment.trace import Trace
from nmt_expert.assessment.weighing import Weighed
from nmt_expert.engine import FactToken, Known, RawFiring, Reasoner, RunResult
from nmt_expert.model.assessment import (
    Advice,
    CautionLine,
    FactorStanding,
    Firing,
    Focus,
    Input,
    Referral,
    Withheld,
)
from nmt_expert.model.case import Answer, Case
from nmt_expert.model.finding import NON_ANSWERS
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.prompt import Instance


@dataclass(frozen=True)
class Reasoning:
    """A run and everything that follows from it, each part worked out when first read."""

    case: Case
    kb: KnowledgeBase
    evidence: Evidence
    result: RunResult
    explainer: Explainer

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Every answer, numbered."""
        return self.evidence.inputs

    @cached_property
    def told(self) -> Mapping[tuple[str, str], tuple[Input, ...]]:
        """The answers in use about each finding and place."""
        found: dict[tuple[str, str], tuple[Input, ...]] = {}
        for one in self.inputs:
            if not one.parked:
                about = (one.finding, one.site or "")
                found[about] = (*found.get(about, ()), one)
        return found

    @cached_property
    def sides(self) -> Mapping[Key, TwoSides]:
        """What fired for and against each conclusion."""
        return drawing.gathered(self.result.firings, self.evidence, self.kb)

    @cached_property
    def weighed(self) -> Mapping[Key, Weighed]:
        """The net certainty and band of every conclusion with support."""
        return drawing.weighed(self.sides, self.kb)

    @cached_property
    def ids(self) -> Mapping[Key, str]:
        """The printed id of every conclusion."""
        causes = {w.cause for s in self.sides.values() for w in s.supports + s.opposes}
        answers: dict[object, object] = {
            (raw.rule, raw.bindings): self.answers_behind(raw)
            for raw in self.result.firings
            if (raw.rule, raw.bindings) in causes
        }
        return drawing.printed_ids(self.weighed, self.sides, answers)

    def answers_behind(self, raw: RawFiring) -> frozenset[str]:
        """The answers that a firing rests on directly."""
        return frozenset(
            item.id
            for tokens in raw.met().values()
            for token in tokens
            if isinstance(token, FactToken)
            for item in self.evidence.behind.get(token, ())
        )

    @cached_property
    def trace(self) -> Trace:
        """The canonical trace."""
        behind = drawing.behind_bands(self.weighed, self.ids, self.kb)
        return Trace(self.result.firings, self.evidence, self.kb, behind)

    @property
    def firings(self) -> tuple[Firing, ...]:
        """Every firing in canonical order."""
        return self.trace.firings

    @cached_property
    def complaints(self) -> tuple[ComplaintZone, ...]:
        """Where it hurts, the chief place first."""
        return complaints(self.case) or self._marked()

    @property
    def chief(self) -> tuple[ComplaintZone, ...]:
        """The place named first, on each side on which it hurts; none without a complaint."""
        return tuple(zone for zone in self.complaints if zone.site == self.complaints[0].site)

    def _marked(self) -> tuple[ComplaintZone, ...]:
        """Without a stated complaint: the places marked as painful."""
        pain = self.kb.plan.complaint_finding
        marked = [i for i in self.inputs if i.finding == pain and i.value == "present"]
        return tuple(dict.fromkeys(z for i in marked if i.site for z in zones_at(i.site, i.side)))

    @cached_property
    def explained(self) -> Mapping[Key, tuple[ComplaintZone, ...]]:
        """For each weighed conclusion the complaints it explains."""
        return {key: self.explainer.explains(key, self.complaints) for key in self.weighed}

    @cached_property
    def factors(self) -> tuple[FactorStanding, ...]:
        """The five factors in rank order."""
        return ranked(self.weighed, self.explained, self.ids, self.chief, self.kb)

    @cached_property
    def referrals(self) -> tuple[Referral, ...]:
        """Every flag raised, the most urgent first."""
        return referrals(self.trace)

    @cached_property
    def cautions(self) -> tuple[CautionLine, ...]:
        """Every caution that holds."""
        return cautions(self.trace)

    @cached_property
    def advice(self) -> tuple[Advice, ...]:
        """What to tell or do."""
        return advice(self.trace)

    @cached_property
    def surroundings(self) -> Surroundings:
        """What may take a focus away, whoever proposes it."""
        return Surroundings(
            kb=self.kb,
            referrals=self.referrals,
            cautions=self.cautions,
            complaints=self.complaints,
            cleared=self._cleared,
            licence=self._licence,
            bans=bans_of(self.trace),
        )

    @cached_property
    def _plan(self) -> tuple[tuple[Focus, ...], tuple[Withheld, ...]]:
        lines = focus_lines(self.trace, self.explainer, self.complaints)
        return filtered(lines, self.surroundings)

    @property
    def focus(self) -> tuple[Focus, ...]:
        """The plan, in treatment order."""
        return self._plan[0]

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """What the filters took away."""
        return self._plan[1]

    @cached_property
    def _cleared(self) -> frozenset[tuple[str, str]]:
        wanted = f"{self.kb.plan.cleared_by}:"
        keys = [k for f in self.firings for k in f.produced if k.startswith(wanted)]
        parts = [key.split(":") for key in keys]
        cleared = {(p[1], p[2]) if len(p) > 2 else (p[1], "any") for p in parts}
        both_sides = {
            (site, s) for site, side in cleared if side == "any" for s in ("left", "right")
        }
        return frozenset(cleared | both_sides | {(site, "any") for site, _ in cleared})

    @cached_property
    def _licence(self) -> str | None:
        item = self.evidence.answered(self.kb.plan.licence_finding, None, None)
        return item.value if item and item.value not in NON_ANSWERS else None

    @cached_property
    def instances(self) -> tuple[Instance, ...]:
        """Every question that applies now, in asking order, answered or not."""
        return instances(self.result.opened, self.kb)


def run(
    known: Iterable[Known],
    given: Evidence,
    kb: KnowledgeBase,
    engine: Reasoner,
    *,
    opening: bool = True,
) -> RunResult:
    """Run the engine over ``known``; ``given`` says how sure each answer was."""

    def weigh(firings: tuple[RawFiring, ...]) -> list[Known]:
        return list(drawing.bands(drawing.weighed(drawing.gathered(firings, given, kb), kb)))

    return engine.run(known, weigh, opening=opening)


def reason(
    case: Case, kb: KnowledgeBase, engine: Reasoner, parked: Iterable[Answer] = ()
) -> Reasoning:
    """Draw every conclusion the answers support, each with its trace.

    A finding that was not asked stays unknown and counts neither for nor against. With ``otherwise:
    normal`` in the case, unlisted findings of the questions that apply have their normal value.
    """
    given = evidence(case, kb, parked)
    found = Reasoning(case, kb, given, run(given.known, given, kb, engine), _explainer(kb))
    if case.otherwise == "unknown":
        return found
    return _with_normals(found, kb, engine, tuple(parked))


def _explainer(kb: KnowledgeBase) -> Explainer:
    explainer: Explainer = kb.derived.setdefault("explainer", Explainer(kb))
    return explainer


def _with_normals(
    found: Reasoning, kb: KnowledgeBase, engine: Reasoner, parked: tuple[Answer, ...]
) -> Reasoning:
    """Fill in normal values until no question gains an item."""
    normal = tuple(_normals(found))
    while normal:
        case = found.case.model_copy(update={"answers": found.case.answers + normal})
        given = evidence(case, kb, parked)
        found = Reasoning(case, kb, given, run(given.known, given, kb, engine), _explainer(kb))
        normal = tuple(_normals(found))
    return found


def _normals(found: Reasoning) -> Iterable[Answer]:
    for instance in found.instances:
        if found.kb.questions[instance.question].on_demand:
            continue
        for item in instance.items:
            normal = found.kb.findings[item.finding].normal
            for place in item.places:
                answered = found.evidence.answered(item.finding, place.site, place.side)
                if answered is None and normal != "none_assumed":
                    yield Answer(
                        finding=item.finding, site=place.site, side=place.side, value=normal
                    )
