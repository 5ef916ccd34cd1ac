"""A student's attempt to leaf through: both views side by side, each step, each remark, the trace.

Below the attempt stands the trace of what the program concludes from the same answers.
"""

from collections.abc import Iterator
from functools import cached_property

from nmt_expert.assessment.caused import caused_by
from nmt_expert.assessment.possible import item_key
from nmt_expert.model.assessment import Input
from nmt_expert.model.base import SIDES
from nmt_expert.model.case import Answer
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.words import answer, capital, counted, lacking
from nmt_expert.model.written import WrittenCondition
from nmt_expert.practice.attempt import Done
from nmt_expert.practice.events import WORTH, Asked, Committed, Hinted, Planned
from nmt_expert.reports.attempt_sides import ranked, referred, sides, stood, treated
from nmt_expert.reports.document import Line
from nmt_expert.reports.practice import TONES
from nmt_expert.reports.trace_book import ABOUT, MET, START, Leaf, Spot, TraceBook, text_of
from nmt_expert.review.attempts import HEADING, AttemptReview
from nmt_expert.review.subjects import Subject

STEPS, RESULTS, RULE, STEP = "steps", "results", "rule:", "step:"


class AttemptBook(TraceBook):
    """The pages of a record, and before them ``steps``, ``step:3``, ``results``, ``rule:ID``.

    ``about:KEY`` of a heading or a remark tells what it rests on.
    """

    def __init__(self, review: AttemptReview, kb: KnowledgeBase) -> None:
        super().__init__(review, kb)
        self.attempt = review

    @property
    def headline(self) -> Line:
        """The case, and how the attempt ended."""
        case, score = self.attempt.case, self.attempt.score
        told = f"{case.title or case.id}: {score.verdict}, {score.minutes:g} min"
        return Line(told, TONES[score.verdict])

    @cached_property
    def _judged(self) -> dict[str, Subject]:
        return {one.key: one for one in self.attempt.subjects}

    def page(self, id: str) -> Leaf:
        """The page of that name."""
        if id == STEPS:
            return Leaf(STEPS, "What the student did, in order", tuple(self._all_steps()))
        if id == RESULTS:
            spots = (*self._drawn(), *self._ways_in())
            return Leaf(RESULTS, "What the program concludes from the same answers", spots)
        if id.startswith(STEP):
            return self._one_step(int(id.removeprefix(STEP)))
        if id.startswith(RULE):
            return self._rule_page(id.removeprefix(RULE))
        if (key := id.removeprefix(ABOUT)) in self._judged:
            return self._judgement(key)
        return super().page(id)

    def pages(self) -> Iterator[Leaf]:
        """All of it, in the order of reading."""
        yield from self._own_pages()
        for subject in self.results:
            yield self.page(f"{ABOUT}{subject.key}")
        yield from self.trace()

    def printed(self) -> Iterator[Leaf]:
        """The pages that say everything, each thing once."""
        yield from self._own_pages()
        yield from self.trace()

    def _own_pages(self) -> Iterator[Leaf]:
        yield self.page(START)
        for key in self._judged:
            yield self.page(f"{ABOUT}{key}")
        for n in range(1, len(self.attempt.events) + 1):
            yield self.page(f"{STEP}{n}")
        for rule in self.attempt.rules:
            yield self.page(f"{RULE}{rule}")
        yield self.page(RESULTS)

    # The first page

    def _start(self) -> Iterator[Spot]:
        yield Spot(self.headline.text)
        yield from self._side_by_side()
        for n, subject in enumerate(self._judged.values(), start=1):
            indent = 0 if subject.key.startswith(HEADING) else MET
            told = f"{n:2}. {subject.says}{self.verdict(subject.key)}"
            yield Spot(told, indent, f"{ABOUT}{subject.key}", subject.key)
        yield Spot(f"{counted(len(self.attempt.events), 'step')} in order", 0, STEPS)
        yield Spot("What the program concludes from the same answers", 0, RESULTS)
        yield from self._signatures()

    def _side_by_side(self) -> Iterator[Spot]:
        """The student's ranking, plan and referral, each beside the engine's and the author's."""
        for one in sides(self.attempt, self.kb):
            yield Spot(f"The student {one.about}: {one.student}", 0, STEPS)
            yield Spot(f"program: {one.program}", MET, RESULTS)
            yield Spot(f"author:  {one.author}", MET)

    # What was said of it

    def _judgement(self, key: str) -> Leaf:
        """A heading with its remarks, or a remark with the rules it rests on."""
        title = f"{self._judged[key].says}{self.verdict(key)}"
        spots = [*(self._under(key) if key.startswith(HEADING) else self._rests_on(key))]
        spots += self._said(key)
        nothing = [] if spots else [Spot("It names no rule: it follows from the steps.", 0, STEPS)]
        keys = [f"{ABOUT}{one}" for one in self._judged]
        return self._between(f"{ABOUT}{key}", title, [*spots, *nothing], keys)

    def _under(self, key: str) -> Iterator[Spot]:
        for name, one in self.attempt.scored.items():
            if one.heading == key.removeprefix(HEADING):
                said = f"{self._judged[name].says}{self.verdict(name)}"
                yield Spot(said, 0, f"{ABOUT}{name}", name)

    def _rests_on(self, key: str) -> Iterator[Spot]:
        """Its rules: where one fired from the same answers, else its text as it was."""
        for rule in self.attempt.scored[key].rules:
            for one in self._result.firings:
                if one.rule == rule:
                    yield Spot(f"Rule {self._by(f'f{one.n}')}", 0, f"f{one.n}")
            if rule in self.attempt.rules:
                title = self.attempt.rules[rule].title
                yield Spot(f"Rule, did not fire: {title}", 0, f"{RULE}{rule}")

    def _rule_page(self, rule: str) -> Leaf:
        text = self.attempt.rules[rule]
        spots = [Spot(f"{rule}, version {text.version}")]
        for key, one in self.attempt.scored.items():
            if rule in one.rules:
                said = f"Named by: {self._judged[key].says}"
                spots.append(Spot(said, 0, f"{ABOUT}{key}", key))
        spots += [*text_of(text), *_condition(text.when)]
        all_ = [f"{RULE}{one}" for one in self.attempt.rules]
        return self._between(f"{RULE}{rule}", f"Rule: {text.title}", spots, all_)

    # Step by step

    def _all_steps(self) -> Iterator[Spot]:
        for n, event in enumerate(self.attempt.events, start=1):
            yield Spot(f"{n:2}. {self._in_a_line(event)}", 0, f"{STEP}{n}")

    def _in_a_line(self, event: Done) -> str:
        match event:
            case Asked():
                less = f"; it {WORTH[event.worth]}" if event.better else ""
                return f"Asked: {event.title}{less}"
            case Hinted():
                return f"Took a hint of level {event.level}"
            case Committed():
                return f"Ranked: {ranked(event, self.kb)}"
            case Planned():
                treats, refers = treated(event, self.kb), referred(event)
                return f"Concluded: treats {treats}; refers {refers}"

    def _one_step(self, number: int) -> Leaf:
        event = self.attempt.events[number - 1]
        spots = [*self._told_by(event)]
        all_ = [f"{STEP}{n}" for n in range(1, len(self.attempt.events) + 1)]
        title = f"Step {number} of {len(all_)}: {self._in_a_line(event)}"
        return self._between(f"{STEP}{number}", title, spots, all_)

    def _told_by(self, event: Done) -> Iterator[Spot]:
        match event:
            case Asked():
                yield from self._asked(event)
            case Hinted():
                yield Spot(f"It counts {event.minutes:g} min.")
            case Committed():
                yield from self._committed(event)
            case Planned():
                yield from self._side_by_side()

    def _asked(self, event: Asked) -> Iterator[Spot]:
        """What it showed, what it was worth, and the remarks on rules that its answers met."""
        yield Spot(f"{capital(WORTH[event.worth])}; {event.minutes:g} min.")
        if event.better:
            yield Spot(f"Better at that moment, as it {WORTH[event.best]}: {event.better}")
        found = [one for one in (self._input(each) for each in event.answers) if one]
        for one in found:
            yield Spot(answer(self.kb, one), MET, one.id)
        if not found:
            yield Spot("Nothing that could be told.")
        firings = {n for one in found for n in caused_by(self._result, one.id)}
        rules = {one.rule for one in self._result.firings if one.n in firings}
        for key, scored in self.attempt.scored.items():
            if rules & set(scored.rules):
                yield Spot(f"Remark: {self._judged[key].says}", 0, f"{ABOUT}{key}", key)

    def _input(self, given: Answer) -> Input | None:
        """The answer as the engine used it."""
        told = (given.finding, given.site, given.side)
        used = (one for one in self._result.inputs if (one.finding, one.site, one.side) == told)
        return next(used, None)

    def _committed(self, event: Committed) -> Iterator[Spot]:
        yield Spot(f"Student: {ranked(event, self.kb)}")
        yield Spot(f"Program, from the same answers: {stood(event, self.kb)}")
        for words, keys in (("For it", event.pro), ("Against it", event.contra)):
            for key in keys:
                yield Spot(f"{words}: {lacking(self.kb, key)}", MET, self._answer_page(key))
        for title in event.mind:
            idle = " Nothing depended on it." if title in event.idle else ""
            yield Spot(f"Would change the mind: {title}{idle}", MET)

    def _answer_page(self, key: str) -> str:
        """The page of an answer that was given as a reason."""
        for one in self._result.inputs:
            if key in {item_key(one.finding, one.site, side) for side in (one.side, *SIDES)}:
                return one.id
        return ""


def _condition(when: WrittenCondition, depth: int = 0) -> Iterator[Spot]:
    """A condition with its parts set in below it."""
    yield Spot(when.says if depth else f"When {when.says}", MET * depth)
    for part in when.parts:
        yield from _condition(part, depth + 1)
