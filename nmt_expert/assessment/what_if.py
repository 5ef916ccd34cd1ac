"""What other answers would do: the difference, without touching what was recorded."""

from collections.abc import Iterable, Iterator, Mapping

from nmt_expert.assessment.applied import applied, written
from nmt_expert.assessment.assess import assess
from nmt_expert.assessment.compared import compared, results_in
from nmt_expert.assessment.inputs import answers_of
from nmt_expert.assessment.meant import SIDES
from nmt_expert.engine import Reasoner
from nmt_expert.kb.answers import objections
from nmt_expert.kb.vocabulary import Named, Vocabulary
from nmt_expert.model.case import Answer, Case
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.what_if import Change, WhatIf

LOST = "Nothing was tried."
SHAPE = "Write it as finding@site:side=value, such as taut_band@upper_trapezius:right=present."


def what_if(case: Case, answers: Iterable[Answer], kb: KnowledgeBase, engine: Reasoner) -> WhatIf:
    """How the result would differ with these answers in place of what was said."""
    given = tuple(answers)
    now, then = (assess(one, kb, engine) for one in (case, applied(case, given)))
    return WhatIf(
        changes=changed(given, case, kb), difference=compared(results_in(now), results_in(then))
    )


def changed(given: Iterable[Answer], case: Case, kb: KnowledgeBase) -> tuple[Change, ...]:
    """Each answer beside what was said there."""
    return tuple(Change(answer=written(one), was=_said_now(one, case, kb)) for one in given)


def _said_now(answer: Answer, case: Case, kb: KnowledgeBase) -> str | None:
    """What was said there; None where nothing was."""
    for given in answers_of(case, kb):
        same_side = given.side == answer.side or "both" in (given.side, answer.side)
        if (given.finding, given.site) == (answer.finding, answer.site) and same_side:
            return str(given.value)
    return None


def read_answers(words: Iterable[str], kb: KnowledgeBase) -> tuple[Answer, ...]:
    """Answers as a person types them: ``finding@site:side=value``; present when left out.

    Names may be ids, labels or synonyms.

    Raises:
        InputInvalid: with every fault of all of them.
    """
    answers, faults = [], []
    for word in words:
        try:
            answers.append(_read(word, kb))
        except InputInvalid as error:
            faults += error.faults
    if not answers and not faults:
        faults = [Fault("what-if", "no answer is given", LOST, SHAPE)]
    if faults:
        raise InputInvalid(faults)
    return tuple(answers)


def _read(word: str, kb: KnowledgeBase) -> Answer:
    where, _, value = word.partition("=")
    name, _, at = where.partition("@")
    site, _, side = at.partition(":")
    if not at:  # a finding without a place may still have a side
        name, _, side = name.partition(":")
    finding = kb.findings[_meant(word, "finding", name, kb.findings)]
    place = _meant(word, "site", site, kb.sites) if site else None
    answer = Answer.model_construct(
        finding=finding.id, site=place, side=SIDES.get(side, side) or None, value=_value(value)
    )
    faults = list(_faults(word, answer, kb))
    if faults:
        raise InputInvalid(faults)
    return Answer.model_validate(answer.model_dump())


def _value(text: str) -> str | float:
    text = text.strip() or "present"
    try:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        return text.replace(" ", "_")


def _faults(word: str, answer: Answer, kb: KnowledgeBase) -> Iterator[Fault]:
    finding = kb.findings[answer.finding]
    if answer.side not in (None, "left", "right", "both"):
        yield Fault(word, f"{answer.side!r} is no side", LOST, "Write left, right or both.")
    elif answer.finding == kb.plan.change_finding:
        yield Fault(word, f"{answer.finding} is computed and never given", LOST, SHAPE)
    else:
        for _, says, remedy in objections(
            finding, answer.site, answer.side, answer.value, kb.sites
        ):
            yield Fault(word, says, LOST, f"{remedy} {SHAPE}")


def _meant(word: str, what: str, name: str, records: Mapping[str, Named]) -> str:
    known = Vocabulary(records)
    found = known.meanings(name)
    if len(found) == 1:
        return found[0]
    near = found or known.suggestions(name)
    remedy = f"Did you mean {' or '.join(near)}?" if near else SHAPE
    raise InputInvalid([Fault(word, f"unknown {what} {name!r}", LOST, remedy)])
