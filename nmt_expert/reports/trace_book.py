"""An assessment to leaf through: its results, the reasons, the firings in order, the answers.

Each page is a list of lines; a line may lead to another page. The browser in the terminal and the
plain text print the same pages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from nmt_expert.assessment.caused import caused_by
from nmt_expert.model.assessment import Firing, Met
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.words import (
    BAND_WORDS,
    URGENCY_WORDS,
    answer,
    counted,
    drawn,
    humanised,
    some,
    techniques,
)
from nmt_expert.model.written import WrittenRule
from nmt_expert.reports.document import Line
from nmt_expert.reports.headline import headline
from nmt_expert.reports.own_view import own_view_lines
from nmt_expert.reports.view import View
from nmt_expert.review.queue import Reviewed
from nmt_expert.review.remarks import VERDICT_WORDS
from nmt_expert.review.subjects import Subject, place_key, subjects, words

START, ANSWERS, ABOUT, TREE = "start", "answers", "about:", "tree:"
MET = 2
"""How far what met a rule stands below it."""


@dataclass(frozen=True)
class Spot:
    """One line of a page: the page it leads to, and the subject that a verdict on it is about."""

    text: str
    indent: int = 0
    leads: str = ""
    about: str = ""


@dataclass(frozen=True)
class Leaf:
    """One page: its name, what stands above it, its lines, and the pages before and after it."""

    id: str
    title: str
    spots: tuple[Spot, ...]
    before: str = ""
    after: str = ""


class TraceBook:
    """A record as pages: ``start``, ``about:KEY``, ``tree:KEY``, ``f3``, ``a7``, ``answers``.

    Of each result there are two: its reasons in a sentence each, and those down to the answers.
    """

    def __init__(self, review: Reviewed, kb: KnowledgeBase) -> None:
        self.review = review
        self._result = review.assessment
        self._view = View(review.assessment, kb)
        self.kb = self._view.kb

    @property
    def headline(self) -> Line:
        """What matters most, in a line."""
        return headline(self._result, self.kb)

    @cached_property
    def results(self) -> tuple[Subject, ...]:
        """Everything that was drawn, in the order of reading."""
        return subjects(self._result)

    def page(self, id: str) -> Leaf:
        """The page of that name."""
        if id == START:
            return Leaf(START, self._head(), tuple(self._start()))
        if id == ANSWERS:
            return Leaf(ANSWERS, "Answers, and what each led to", tuple(self._answers()))
        if id.startswith((ABOUT, TREE)):
            return self._about(*id.split(":", 1))
        return self._caused(id) if id.startswith("a") else self._step(int(id[1:]))

    def pages(self) -> Iterator[Leaf]:
        """All of it, in the order of reading."""
        yield self.page(START)
        for subject in self.results:
            yield self.page(f"{ABOUT}{subject.key}")
        yield from self.trace()

    def printed(self) -> Iterator[Leaf]:
        """The pages that say everything, each thing once."""
        yield self.page(START)
        yield from self.trace()

    def trace(self) -> Iterator[Leaf]:
        """What was drawn down to the answers, the firings, and what each answer caused."""
        for subject in self.results:
            yield self.page(f"{TREE}{subject.key}")
        for firing in self._result.firings:
            yield self.page(f"f{firing.n}")
        for given in self._result.inputs:
            yield self.page(given.id)

    def verdict(self, key: str) -> str:
        """What was said of a subject, in brackets; empty when nothing was."""
        remark = self.review.remarks.get(key)
        if remark is None:
            return ""
        reason = self.kb.review_reasons.get(remark.reason or "")
        told = f": {reason.label}" if reason else ""
        instead = f"; instead {humanised(remark.instead)}" if remark.instead else ""
        return f" [{VERDICT_WORDS[remark.verdict]}{told}{instead}]"

    # The first page

    def _head(self) -> str:
        one = self.review
        return f"{one.id} | {one.whose or 'no code'} | {one.date} | {one.state}"

    def _start(self) -> Iterator[Spot]:
        yield Spot(self.headline.text)
        for one in own_view_lines(self.review.impression, self._result, self.kb):
            yield Spot(f"{one.about}: {one.own} (the person) | {one.engine} (the program)", MET)
        yield from self._drawn()
        for missed in self.review.remarks:
            if missed not in {subject.key for subject in self.results}:
                said = self.review.remarks[missed].words or ""
                yield Spot(f"Not drawn: {words(missed, self.kb)}{self.verdict(missed)} {said}")
        yield from self._ways_in()
        yield from self._signatures()

    def _drawn(self) -> Iterator[Spot]:
        """Flags, focus areas and conclusions, each leading to its reasons; what was withheld."""
        section = ""
        for n, subject in enumerate(self.results, start=1):
            if subject.kind != section:
                section = subject.kind
                yield Spot(_SECTIONS[section])
            told = f"{n:2}. {self._told(subject.key)}{self.verdict(subject.key)}"
            yield Spot(told, MET, f"{ABOUT}{subject.key}", subject.key)
        for kept in self._result.withheld:
            about = words(f"focus:{place_key(kept.focus)}", self.kb)
            yield Spot(f"Withheld: {about}: {kept.reason}")

    def _ways_in(self) -> Iterator[Spot]:
        if self._result.firings:
            yield Spot(f"{counted(len(self._result.firings), 'firing')} in order", 0, "f1")
        yield Spot(counted(len(self._result.inputs), "answer"), 0, ANSWERS)

    def _signatures(self) -> Iterator[Spot]:
        for signed in self.review.signed:
            yield Spot(f"Signed: {signed.name}, {signed.qualification}; {signed.sha256[:16]}")
        for amended in self.review.amended:
            yield Spot(f"Opened again by {amended.name}: {amended.why}")

    def _told(self, key: str) -> str:
        """A result in a line, with its urgency, its techniques or its band."""
        said = words(key, self.kb)
        kind, _, name = key.partition(":")
        if kind == "flag":
            urgency = next(r.urgency for r in self._result.referrals if r.flag == name)
            return f"{URGENCY_WORDS[urgency]}: {said}"
        if kind == "focus":
            lines = [line for line in self._result.focus if place_key(line) == name]
            used = tuple(dict.fromkeys(name for line in lines for name in line.technique))
            return f"{said}: {techniques(self.kb, used)}"
        band = next(c.band for c in self._result.conclusions if c.id == name)
        return f"{said}: {BAND_WORDS[band]}"

    # The reasons of one result

    def _about(self, page: str, key: str) -> Leaf:
        subject = next(one for one in self.results if one.key == key)
        spots = [*self._what_it_asks(subject)]
        whole = f"{page}:" == TREE
        if subject.kind == "conclusion":
            spots += self._weighed(subject.name, whole)
        else:
            spots += [spot for n in subject.firings for spot in self._reason(n, whole)]
        spots += self._said(key)
        title = f"{self._told(key)}{self.verdict(key)}"
        keys = [f"{page}:{one.key}" for one in self.results]
        return self._between(f"{page}:{key}", title, spots, keys)

    def _said(self, key: str) -> Iterator[Spot]:
        """What every reviewer said of it, oldest first."""
        for one in self.review.said:
            if one.remark.about == key:
                told = f": {one.remark.words}" if one.remark.words else ""
                verdict = VERDICT_WORDS[one.remark.verdict]
                yield Spot(f"{one.by}, {one.at[:10]}: {verdict}{told}")

    def _what_it_asks(self, subject: Subject) -> Iterator[Spot]:
        """To whom and what to say, or what to do there."""
        if subject.kind == "flag":
            line = next(r for r in self._result.referrals if r.flag == subject.name)
            yield Spot(f"To {line.to}. {line.say}")
            yield from (Spot(why) for why in line.why if not line.firings)
        elif subject.kind == "focus":
            for focus in self._result.focus:
                if place_key(focus) == subject.name:
                    yield Spot(f"{focus.order}. {focus.treat} {focus.dose or ''}".rstrip())

    def _weighed(self, conclusion: str, whole: bool) -> Iterator[Spot]:
        """What speaks for it and against it, how strongly, and what is missing."""
        line = next(c for c in self._result.conclusions if c.id == conclusion)
        for side, reasons in (("for", line.for_), ("against", line.against)):
            for reason in reasons:
                idle = "" if reason.counts else ", a stronger one of its group counts"
                weight = f"{side} ({reason.strength}{idle}): "
                yield from self._reason(reason.firing, whole, weight)
        for missing in line.missing[:3]:
            yield Spot(f"Missing: {some(self.kb, missing.lacks)}")

    def _reason(self, number: int, whole: bool, weight: str = "") -> Iterator[Spot]:
        """One firing in a sentence, or ``whole`` with what met it, a line a condition."""
        fired = self._firing(number)
        rule = self._rule(fired)
        because = rule.because if rule else fired.rule
        yield Spot(f"f{number} {weight}{because}", 0, f"f{number}")
        for met in fired.met if whole else ():
            yield from self._met(met)

    def _met(self, met: Met) -> Iterator[Spot]:
        for by in met.by:
            yield Spot(self._by(by), MET, self._page_of(by))
        if not met.by:
            yield Spot(met.condition, MET)

    # Firings in order

    def _step(self, number: int) -> Leaf:
        fired = self._firing(number)
        rule = self._rule(fired)
        spots = [Spot(f"{fired.rule}, version {fired.rule_version}")]
        bound = ", ".join(
            f"{k.lstrip('$')} {humanised(v)}" for k, v in sorted(fired.bindings.items())
        )
        spots += [Spot(f"For: {bound}")] if bound else []
        for met in fired.met:
            spots += [Spot(f"Met: {met.condition}"), *self._met(met)]
        spots += [Spot(f"Drew: {drawn(self.kb, what)}") for what in fired.produced]
        spots += self._led_to(f"f{number}", caused_by(self._result, f"f{number}"))
        spots += text_of(rule) if rule else [Spot("The text of this rule was not kept.")]
        all_ = [f"f{one.n}" for one in self._result.firings]
        title = f"Firing {number} of {len(all_)} ({fired.stratum}): {rule.title if rule else ''}"
        return self._between(f"f{number}", title, spots, all_)

    def _led_to(self, name: str, firings: tuple[int, ...]) -> Iterator[Spot]:
        """The results that rest on a firing or an answer."""
        caused = {*firings, *([int(name[1:])] if name.startswith("f") else [])}
        for subject in self.results:
            if caused & set(subject.firings):
                text = f"Led to: {self._told(subject.key)}"
                yield Spot(text, 0, f"{ABOUT}{subject.key}", subject.key)

    # Answers, and what they caused

    def _answers(self) -> Iterator[Spot]:
        for given in self._result.inputs:
            caused = len(caused_by(self._result, given.id))
            yield Spot(f"{answer(self.kb, given)} ({counted(caused, 'firing')})", 0, given.id)

    def _caused(self, id: str) -> Leaf:
        given = self._view.inputs[id]
        firings = caused_by(self._result, id)
        spots = [Spot(f"Note: {given.note}")] if given.note else []
        spots += self._led_to(id, firings)
        spots += [Spot(self._by(f"f{n}"), MET, f"f{n}") for n in firings]
        title = f"{answer(self.kb, given)}: everything it caused"
        nothing = [] if spots else [Spot("Nothing: no rule that fired rests on it.")]
        all_ = [one.id for one in self._result.inputs]
        return self._between(id, title, [*spots, *nothing], all_)

    def _between(self, id: str, title: str, spots: list[Spot], all_: Sequence[str]) -> Leaf:
        """A page with its neighbours."""
        at = all_.index(id)
        before = all_[at - 1] if at else ""
        return Leaf(id, title, tuple(spots), before, all_[at + 1] if at + 1 < len(all_) else "")

    # What the trace holds

    def _firing(self, number: int) -> Firing:
        return self._view.firings[f"f{number}"]

    def _rule(self, fired: Firing) -> WrittenRule | None:
        """The rule's text as it was on the day."""
        return self._result.rules.get(fired.rule)

    def _page_of(self, ref: str) -> str:
        """The page that tells of what met a condition; a relation has none."""
        if ref in self._view.conclusions:
            return f"about:conclusion:{ref}"
        return ref if ref in self._view.inputs or ref in self._view.firings else ""

    def _by(self, ref: str) -> str:
        """What met a condition: an answer, a firing, a conclusion or a relation, in words."""
        fired = self._view.firings.get(ref)
        rule = self._rule(fired) if fired else None
        return f"{ref} {rule.title}" if rule else self._view.named(ref)


_SECTIONS = {"flag": "Flags", "focus": "Focus areas", "conclusion": "Conclusions"}


def text_of(rule: WrittenRule) -> list[Spot]:
    """Why, when it is wrong, how it stands, who says so: as on the day."""
    labels = f" [{', '.join(rule.labels)}]" if rule.labels else ""
    sources = [f"Source: {one.citation} ({one.locator})" for one in rule.sources]
    standing = f"Standing: {rule.status}, grade {rule.grade}, basis {rule.basis}{labels}"
    return [Spot(text) for text in
            (f"Because: {rule.because}", f"Limits: {rule.limits}", standing, *sources)]  # fmt: skip
