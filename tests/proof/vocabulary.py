"""Random clients made of the real vocabulary: likely ones, and ones that make no sense at all.

Everything a client may say is drawn from the knowledge base, so that a new finding is tried
without a line here. Whoever it is, a case file may say it: nothing contradicts itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from random import Random

from hypothesis import strategies as st

from nmt_expert.kb.contradictions import contradictions, said_in
from nmt_expert.model.base import SIDES
from nmt_expert.model.case import (
    Answer,
    AnswerSide,
    Case,
    Client,
    Complaint,
    ComplaintSite,
    Earlier,
    Visit,
)
from nmt_expert.model.finding import NON_ANSWERS, Bands, Finding
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Candidate, Conclude, ExampleAnswer, Rule
from nmt_expert.model.site import Site

Address = tuple[str, str | None, str | None]
"""A finding, with the site and the side where it may be answered."""
TODAY, THEN = "2026-11-20", "2026-10-30"
MOST_AT_ONCE = 40


class Vocabulary:
    """What may be answered anywhere, and which places have to do with each other."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.addresses = tuple(self._addresses())
        self.rules = tuple(kb.rules.values())

    def _addresses(self) -> Iterator[Address]:
        for finding in self.kb.findings.values():
            if finding.id == self.kb.plan.change_finding:
                continue  # it is computed, and never given
            sites: list[Site | None] = [s for s in self.kb.sites.values() if s.kind in finding.site]
            for site in sites or [None]:
                sided = finding.sided is True or (
                    finding.sided == "site" and site is not None and site.sided
                )
                for side in SIDES if sided else (None,):
                    yield finding.id, site.id if site else None, side

    @cached_property
    def at(self) -> dict[str | None, tuple[Address, ...]]:
        """The addresses of each site, and under None those without one."""
        found: dict[str | None, list[Address]] = defaultdict(list)
        for address in self.addresses:
            found[address[1]].append(address)
        return {site: tuple(some) for site, some in found.items()}

    @cached_property
    def near(self) -> dict[str, tuple[str, ...]]:
        """The sites that some relation of the anatomy ties to each."""
        found: dict[str, set[str]] = defaultdict(set)
        for relation in self.kb.relations:
            found[relation.from_].add(relation.to)
            found[relation.to].add(relation.from_)
        return {site: tuple(sorted(some)) for site, some in found.items()}

    @cached_property
    def leading_to(self) -> dict[str, tuple[Rule, ...]]:
        """The rules that may draw each candidate, or support each conclusion."""
        found: dict[str, list[Rule]] = defaultdict(list)
        for rule in self.rules:
            for outcome in rule.then:
                if isinstance(outcome, Candidate):
                    found[outcome.candidate].append(rule)
                elif isinstance(outcome, Conclude) and rule.role == "support":
                    found[outcome.conclude].append(rule)
        return {name: tuple(some) for name, some in found.items()}

    # A client

    def case(self, chance: Random, name: str = "random") -> Case:
        """A client, by chance: in two of three, one whose answers have to do with each other."""
        answers = list(self._likely(chance) if chance.random() < 0.67 else self._senseless(chance))
        chance.shuffle(answers)
        visit, earlier, scores = self._visits(chance)
        whole = Case(
            id=name,
            client=Client(age=self._age(chance)),
            visit=visit,
            complaint=self._complaint(chance, answers),
            answers=(*answers, *scores),
            earlier=earlier,
            otherwise="normal" if chance.random() < 0.05 else "unknown",
        )
        return without_contradictions(whole, self.kb)

    def _senseless(self, chance: Random) -> Iterator[Answer]:
        for address in chance.sample(self.addresses, chance.randint(0, MOST_AT_ONCE)):
            yield self.answer(address, chance)

    def _likely(self, chance: Random) -> Iterator[Answer]:
        """What fires a few rules, on this side or the other, and answers around a painful place."""
        for rule in chance.sample(self.rules, chance.randint(1, 6)):
            turned = chance.random() < 0.5
            for one in self.example(rule, chance):
                side = {"left": "right", "right": "left"}.get(one.side or "", one.side)
                if chance.random() < 0.95:  # now and then the one that matters is missing
                    yield one.model_copy(update={"side": side}) if turned else one
        around = [*self._around(chance), *chance.sample(self.at[None], 12)]
        for address in chance.sample(around, min(len(around), chance.randint(5, MOST_AT_ONCE))):
            yield self.answer(address, chance)

    def example(self, rule: Rule, chance: Random) -> Iterator[Answer]:
        """What a rule's example answers; where it takes something as drawn, what may draw that."""
        example = rule.examples.fires
        told = list(example.answers)
        for given in example.given:
            leading = self.leading_to.get(given.candidate or given.band or "", ())
            for other in chance.sample(leading, min(len(leading), 3)):
                told += moved(other.examples.fires.answers, given.site, self.kb)
        for one in told:
            if one.finding != self.kb.plan.change_finding:
                yield Answer.model_validate(one.model_dump())

    def _around(self, chance: Random) -> list[Address]:
        """Addresses at a place, at what has to do with it, and at a few that have with those."""
        place = chance.choice([site.id for site in self.kb.sites.values() if site.kind == "zone"])
        first = self.near.get(place, ())
        second = [far for site in first for far in self.near[site]]
        sites = {place, *first, *chance.sample(second, min(len(second), 5))}
        side = chance.choice(SIDES)
        return [
            address
            for site in sorted(sites)
            for address in self.at.get(site, ())
            if address[2] in (None, side) or chance.random() < 0.2
        ]

    def answer(self, address: Address, chance: Random) -> Answer:
        """Something that may be said there: mostly present, sometimes of both sides."""
        finding = self.kb.findings[address[0]]
        side = "both" if address[2] and chance.random() < 0.15 else address[2]
        return Answer.model_validate(
            {
                "finding": finding.id,
                "site": address[1],
                "side": side,
                "value": value(finding, chance),
                "sure": chance.choice(("fairly", "unsure"))
                if finding.unsure and chance.random() < 0.15
                else "sure",
            }
        )

    def _complaint(self, chance: Random, answers: list[Answer]) -> Complaint:
        """Places that hurt: among those that the answers speak of, or anywhere."""
        charted = [a for a in self.addresses if a[0] == self.kb.plan.complaint_finding]
        spoken_of = {answer.site for answer in answers}
        sides: tuple[AnswerSide, ...] = (*SIDES, "both")
        sites = {}
        for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
            nearby = [a for a in charted if a[1] in spoken_of]
            _, site, side = chance.choice(nearby or charted)
            sites[site] = ComplaintSite(
                site=site or "", side=chance.choice(sides) if side else None
            )
        return Complaint(sites=tuple(sites.values()))

    def _age(self, chance: Random) -> int | None:
        bands = self.kb.findings[self.kb.plan.age_finding].number
        if bands is None or chance.random() < 0.3:
            return None
        return int(number(bands, chance))

    def _visits(self, chance: Random) -> tuple[Visit, tuple[Earlier, ...], list[Answer]]:
        """Now and then not the first visit: scores of today, and of an earlier day."""
        if chance.random() > 0.15:
            return Visit(), (), []
        scored = [self.kb.findings[measure.score] for measure in self.kb.measures.values()]
        asked = [address for one in chance.sample(scored, 3) for address in self._of(one)[:1]]
        then, now = ([self.answer(one, chance) for one in asked] for _ in range(2))
        earlier = Earlier(date=THEN, answers=tuple(then))
        return Visit(number=chance.randint(2, 12), date=TODAY), (earlier,), now

    def _of(self, finding: Finding) -> list[Address]:
        return [address for address in self.addresses if address[0] == finding.id]


def moved(
    answers: Iterable[ExampleAnswer], site: str, kb: KnowledgeBase
) -> Iterator[ExampleAnswer]:
    """The answers, those about such a place as ``site`` given of it."""
    kind, sided = kb.sites[site].kind, kb.sites[site].sided
    for one in answers:
        here = one.site and (kb.sites[one.site].kind, kb.sites[one.site].sided) == (kind, sided)
        yield one.model_copy(update={"site": site}) if here else one


def value(finding: Finding, chance: Random) -> str | int | float:
    """Mostly the first value (present), so that rules fire; now and then a non-answer."""
    drawn = chance.random()
    if drawn < 0.12:
        return chance.choice(NON_ANSWERS)
    if finding.number and drawn < 0.9:
        return number(finding.number, chance)
    return finding.values[0] if drawn < 0.65 else chance.choice(finding.values)


def number(bands: Bands, chance: Random) -> int | float:
    """A number at a threshold, just below one, between two, or at either end."""
    edges = [edge for low, high in bands.bands.values() for edge in (low, high)]
    step = 1 if all(edge.is_integer() for edge in edges) else 0.01
    low, high = chance.choice(list(bands.bands.values()))
    drawn = chance.choice((low, high - step, round((low + high) / 2, 2), bands.min, bands.max))
    drawn = min(max(round(drawn, 2), bands.min), bands.max)
    return int(drawn) if drawn.is_integer() else drawn


def without_contradictions(case: Case, kb: KnowledgeBase) -> Case:
    """The case without the answers that contradict earlier ones."""
    while wrong := {path[1] for path, _ in contradictions(said_in(case, kb), kb)}:
        kept = tuple(answer for n, answer in enumerate(case.answers) if n not in wrong)
        case = case.model_copy(update={"answers": kept})
    return case


# The same for hypothesis, which looks for the smallest that fails


def cases(vocabulary: Vocabulary) -> st.SearchStrategy[Case]:
    """Clients as :meth:`Vocabulary.case` makes them, with some of their answers left out."""

    def made(seed: int, most: int) -> Case:
        case = vocabulary.case(Random(seed))
        return case.model_copy(update={"answers": case.answers[:most]})

    return st.builds(made, st.integers(0, 2**32), st.integers(0, 3 * MOST_AT_ONCE))


def answer_sets(vocabulary: Vocabulary, most: int = 25) -> st.SearchStrategy[tuple[Answer, ...]]:
    """Sets of answers at any places, each place answered at most once."""
    places = st.lists(st.sampled_from(vocabulary.addresses), max_size=most, unique=True)
    told = st.tuples(places, st.integers(0, 2**32))
    return told.map(
        lambda drawn: tuple(vocabulary.answer(a, Random(f"{drawn[1]}{a}")) for a in drawn[0])
    )


def case_of(answers: Iterable[Answer]) -> Case:
    """A case with nothing but these answers."""
    return Case(id="random", answers=tuple(answers))
