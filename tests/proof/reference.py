"""The rule language read a second time, straight from ``docs/knowledge.md``: plain, not quick.

It tries every rule, condition by condition and in the order in which they are written, against
everything that is known. Nothing is compiled, kept or gone on from, and nothing but the records
that go in and come out is shared with the engine room.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from nmt_expert.engine import FactToken, Known, LinkToken, RawFiring, RunResult, Token
from nmt_expert.model.base import SIDES, Side, opposite
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.question import Question
from nmt_expert.model.rule import (
    All,
    Any_,
    AtLeast,
    Atom,
    BandCondition,
    Candidate,
    CandidateCondition,
    Condition,
    FindingCondition,
    RelationCondition,
    Rule,
    atoms,
)
from nmt_expert.model.site import VARIABLE_KINDS, Relation

Weigh = Callable[[tuple[RawFiring, ...]], Sequence[Known]]
Bound = Mapping[str, str]
"""What each variable stands for."""


class Way(NamedTuple):
    """One way to meet a condition: the variables it binds, and for each atom what met it."""

    bound: Bound
    met: Mapping[Atom, Token]


NOTHING_YET = Way({}, {})


class Statement(NamedTuple):
    """A rule, or the opening of a question: when it holds, and what tells its firings apart."""

    name: str
    when: Condition
    used: frozenset[str]
    """The variables of its outcome."""
    sites: tuple[str, ...]
    """The places of its outcome."""
    numbers: Mapping[Atom, int]
    """Its atomic conditions in written order; one that is written twice has its first number."""


class Reference:
    """Runs like an engine: ``known`` in, what fires and which questions open out."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.strata: dict[str, list[Statement]] = defaultdict(list)
        for rule in kb.rules.values():
            if rule.status != "retired":
                self.strata[rule.stratum].append(rule_read(rule))
        asked = [question_read(question) for question in kb.questions.values()]
        self.questions = [statement for statement in asked if statement is not None]
        self.relations: dict[tuple[str, str], list[Relation]] = defaultdict(list)
        """By name, and again by name with where they start and with where they end."""
        for relation in kb.relations:
            for end in ("", f"from {relation.from_}", f"to {relation.to}"):
                self.relations[relation.relation, end].append(relation)

    def run(
        self, known: Iterable[Known], weigh: Weigh | None = None, *, opening: bool = True
    ) -> RunResult:
        """Fire everything that ``known`` supports, stratum by stratum."""
        facts = Facts(self.kb)
        facts.add(known)
        fired = self._candidates(facts)
        for stratum in ("screen", "evidence"):
            fired += self._fired(self.strata[stratum], facts)
        if weigh is not None:
            facts.add(weigh(in_order(fired)))
        fired += self._fired(self.strata["plan"], facts)
        opened = self._fired(self.questions, facts) if opening else []
        return RunResult(in_order(fired), in_order(opened))

    def _candidates(self, facts: "Facts") -> list[RawFiring]:
        """Candidates may rest on candidates: until none is new."""
        while True:
            fired = self._fired(self.strata["candidate"], facts)
            if not facts.add(known for raw in fired for known in self._drawn(raw)):
                return fired

    def _fired(self, statements: Iterable[Statement], facts: "Facts") -> list[RawFiring]:
        return [raw for statement in statements for raw in self._firings(statement, facts)]

    def _firings(self, said: Statement, facts: "Facts") -> Iterator[RawFiring]:
        """One firing for each binding of the variables used, with every way that led to it."""
        ways_of: dict[tuple[tuple[str, str], ...], set[tuple[tuple[int, Token], ...]]] = {}
        for way in self._ways(said.when, NOTHING_YET, facts):
            met = tuple(sorted((said.numbers[atom], token) for atom, token in way.met.items()))
            ways_of.setdefault(self._bindings(said, way.bound), set()).add(met)
        for bindings, met_by in ways_of.items():
            yield RawFiring(said.name, bindings, frozenset(met_by))

    def _bindings(self, said: Statement, bound: Bound) -> tuple[tuple[str, str], ...]:
        """A side means nothing where every outcome lies in the mid-line."""
        places = [bound.get(site, site) for site in said.sites]
        midline = places and not any(self.kb.sites[place].sided for place in places)
        wanted = said.used - {"$side"} if midline else said.used
        return tuple(sorted((name, bound[name]) for name in wanted))

    def _drawn(self, raw: RawFiring) -> Iterator[Known]:
        bound = dict(raw.bindings)
        for outcome in self.kb.rules[raw.rule].then:
            if isinstance(outcome, Candidate):
                site = bound.get(outcome.site, outcome.site)
                sided = self.kb.sites[site].sided and outcome.side is not None
                side = side_meant(outcome.side or "", bound) if sided else None
                yield Known("candidate", outcome.candidate, site, side, "drawn")

    # The ways to meet a condition

    def _ways(self, condition: Condition, so_far: Way, facts: "Facts") -> Iterator[Way]:
        match condition:
            case All(all=parts):
                yield from self._all(parts, so_far, facts)
            case Any_(any=parts):
                for part in parts:
                    yield from self._ways(part, so_far, facts)
            case AtLeast(at_least=counted):
                for some in combinations(counted.of, counted.count):
                    yield from self._all(some, so_far, facts)
            case _ if condition in so_far.met:
                yield so_far
            case RelationCondition():
                yield from self._related(condition, so_far)
            case _:
                yield from self._placed(condition, so_far, facts)

    def _all(self, parts: Sequence[Condition], so_far: Way, facts: "Facts") -> Iterator[Way]:
        if not parts:
            yield so_far
            return
        for way in self._ways(parts[0], so_far, facts):
            yield from self._all(parts[1:], way, facts)

    def _related(self, wanted: RelationCondition, so_far: Way) -> Iterator[Way]:
        start = so_far.bound.get(wanted.from_, wanted.from_)
        end = so_far.bound.get(wanted.to, wanted.to)
        by = f"from {start}" if start[0] != "$" else f"to {end}" if end[0] != "$" else ""
        for row in self.relations.get((wanted.relation, by), ()):
            if row.side != wanted.side or wanted.kind not in (None, row.kind):
                continue
            for first in self._at(wanted.from_, row.from_, so_far.bound):
                for both in self._at(wanted.to, row.to, first):
                    token = LinkToken(row.relation, row.from_, row.to, row.kind or "", row.side)
                    yield Way(both, {**so_far.met, wanted: token})

    def _placed(
        self,
        wanted: FindingCondition | CandidateCondition | BandCondition,
        so_far: Way,
        facts: "Facts",
    ) -> Iterator[Way]:
        for fact in facts.of(wanted, so_far.bound):
            for placed in self._at(wanted.site, fact.site, so_far.bound):
                for side in (fact.side,) if fact.side else SIDES:
                    for bound in sided(wanted.side, side, placed):
                        told = "any" if wanted.side == "any" else side
                        token = FactToken(fact.what, fact.name, fact.site or "", told, fact.value)
                        yield Way(bound, {**so_far.met, wanted: token})

    def _at(self, term: str | None, site: str | None, bound: Bound) -> Iterator[Bound]:
        """The bindings under which ``term`` stands for ``site``: the same, one more, or none."""
        if term is None or not term.startswith("$"):
            if term == site:
                yield bound
        elif term in bound:
            if bound[term] == site:
                yield bound
        elif site is not None and self.kb.sites[site].kind in VARIABLE_KINDS[term]:
            yield {**bound, term: site}


def sided(term: str, side: Side, bound: Bound) -> Iterator[Bound]:
    """The bindings under which a condition that asks for ``term`` is met on ``side``."""
    if term in ("any", side):
        yield bound
    elif term in ("$side", "$other"):
        meant = side if term == "$side" else opposite(side)
        if bound.get("$side", meant) == meant:
            yield {**bound, "$side": meant}


def side_meant(term: str, bound: Bound) -> Side:
    """The side that an outcome's ``term`` stands for."""
    side = bound["$side"] if term in ("$side", "$other") else term
    left_or_right: Side = "left" if side == "left" else "right"
    return opposite(left_or_right) if term == "$other" else left_or_right


class Facts:
    """Everything that is known, a finding also for the regions and groups around its place."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self._held: set[Known] = set()
        self._by_name: dict[tuple[str, str, str], dict[str | None, list[Known]]] = {}

    def add(self, known: Iterable[Known]) -> bool:
        """Hold these too; whether any of them is new."""
        new = [fact for one in known for fact in self._spread(one) if fact not in self._held]
        for fact in dict.fromkeys(new):
            self._held.add(fact)
            at = self._by_name.setdefault((fact.what, fact.name, fact.value), {})
            at.setdefault(fact.site, []).append(fact)
        return bool(new)

    def _spread(self, known: Known) -> Iterator[Known]:
        yield known
        if known.what == "finding" and known.site and known.value != "absent":
            for around in sorted(self.kb.ancestors.get(known.site, ())):
                if self.kb.sites[around].kind in ("region", "group"):
                    yield known._replace(site=around)

    def of(
        self, wanted: FindingCondition | CandidateCondition | BandCondition, bound: Bound
    ) -> Iterator[Known]:
        """The facts a condition may be met by, as far as its variables are bound already."""
        match wanted:
            case FindingCondition():
                keys = [("finding", wanted.finding, value) for value in wanted.wanted]
            case CandidateCondition():
                keys = [("candidate", wanted.candidate, "drawn")]
            case BandCondition():
                keys = [("band", wanted.band, wanted.at_least)]
        site = bound.get(wanted.site, wanted.site) if wanted.site else None
        for key in keys:
            by_site = self._by_name.get(key, {})
            if site is not None and site.startswith("$"):
                yield from (fact for facts in by_site.values() for fact in facts)
            else:
                yield from by_site.get(site, ())


# What a firing is told apart by


def rule_read(rule: Rule) -> Statement:
    """A rule: the variables that its ``then`` uses in places, on sides or in its words."""
    used: set[str] = set()
    sites = []
    for outcome in rule.then:
        terms = (getattr(outcome, "site", None), getattr(outcome, "side", None))
        used |= {term for term in terms if isinstance(term, str) and term.startswith("$")}
        words = getattr(outcome, "say", "") + getattr(outcome, "treat", "")
        used |= {name for name in (*VARIABLE_KINDS, "$side") if f"{{{name[1:]}}}" in words}
        sites += [term for term in terms[:1] if isinstance(term, str)]
    used = {"$side" if name == "$other" else name for name in used}
    return Statement(rule.id, rule.when, frozenset(used), tuple(sites), numbered(rule.when))


def question_read(question: Question) -> Statement | None:
    """A question that has a condition, and the variables by which it is asked once more."""
    if question.ask_when is None:
        return None
    terms = {*question.together, *(term for ask in question.ask for term in (ask.site, ask.side))}
    used = frozenset(term for term in terms if term and term.startswith("$"))
    sites = tuple(ask.site for ask in question.ask if ask.site and ask.side)
    name = f"question.{question.id}"
    return Statement(name, question.ask_when, used, sites, numbered(question.ask_when))


def numbered(condition: Condition) -> dict[Atom, int]:
    """Each atomic condition by the first of its places in the text."""
    numbers: dict[Atom, int] = {}
    for number, atom in enumerate(atoms(condition)):
        numbers.setdefault(atom, number)
    return numbers


def in_order(fired: Iterable[RawFiring]) -> tuple[RawFiring, ...]:
    """By rule, then by bindings."""
    return tuple(sorted(fired, key=lambda raw: (raw.rule, raw.bindings)))
