"""What fires in an example of a rule: rule text and test data one step apart."""

from collections.abc import Iterator

from nmt_expert.assessment.inputs import known_of
from nmt_expert.engine import Known, Reasoner, RunResult
from nmt_expert.engine.compile import DRAWN, words_up_to
from nmt_expert.model.assessment import Input
from nmt_expert.model.base import Side
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Example, Given


def run_of(example: Example, kb: KnowledgeBase, engine: Reasoner) -> RunResult:
    """Everything that fires in the example alone, bands as given."""
    return engine.run(known_in(example, kb), lambda _: bands_in(example))


def bands_in(example: Example) -> list[Known]:
    """The bands that an example takes as given."""
    return [known for given in example.given if given.band for known in _given(given)]


def known_in(example: Example, kb: KnowledgeBase) -> list[Known]:
    """The answers of an example, and the candidates that it takes as drawn."""
    known = [known for given in example.given if given.candidate for known in _given(given)]
    return known + _answers(example, kb)


def _given(given: Given) -> Iterator[Known]:
    side: Side | None = given.side
    if given.candidate:
        yield Known("candidate", given.candidate, given.site, side, DRAWN)
    for word in words_up_to(given.at_least or ""):
        yield Known("band", given.band or "", given.site, side, word)


def _answers(example: Example, kb: KnowledgeBase) -> list[Known]:
    known: list[Known] = []
    for n, answer in enumerate(example.answers):
        number = kb.findings[answer.finding].number
        value = str(answer.value)
        if number and isinstance(answer.value, int | float):
            value = number.band_of(answer.value) or value
        item = Input(
            id=f"a{n}", finding=answer.finding, site=answer.site, side=answer.side, value=value,
            sure="sure", note=None, question="", parked=False,
        )  # fmt: skip
        known += known_of(item)
    return known
