"""Two results beside each other: what differs, and which answers and reasons made it differ."""

from collections.abc import Iterator

from nmt_expert.assessment.behind import met_by
from nmt_expert.assessment.compared import compared, results_in
from nmt_expert.assessment.possible import item_key
from nmt_expert.model.assessment import Assessment, Input
from nmt_expert.model.case import sides_of
from nmt_expert.model.what_if import AnswerChange, Compared, ReasonChange


def differing(first: Assessment, second: Assessment) -> Compared:
    """What is different in ``second``: two visits, two versions of the rules, two files."""
    return Compared(
        first=title(first),
        second=title(second),
        difference=compared(results_in(first), results_in(second)),
        answers=tuple(_answers(first, second)),
        reasons=tuple(_reasons(first, second)),
        rewritten=tuple(
            rule
            for rule, text in second.rules.items()
            if rule in first.rules and first.rules[rule].version != text.version
        ),
        same_knowledge=first.knowledge_base.get("sha256") == second.knowledge_base.get("sha256"),
    )


def title(assessment: Assessment) -> str:
    """Which result it is: the case and its date."""
    day = assessment.case.visit.date
    return f"{assessment.case.id} ({day})" if day else assessment.case.id


def _answers(first: Assessment, second: Assessment) -> Iterator[AnswerChange]:
    was, now = _said(first), _said(second)
    count = _counting(first) | _counting(second)
    for about in dict.fromkeys([*now, *was]):
        if was.get(about) != now.get(about):
            yield AnswerChange(
                about=about,
                before=was.get(about),
                after=now.get(about),
                counts=about in count,
            )


def _said(assessment: Assessment) -> dict[str, str]:
    """What was answered, by ``finding@site:side``."""
    used = (item for item in assessment.inputs if not item.parked)
    return {about: _value(item) for item in used for about in _abouts(item)}


def _counting(assessment: Assessment) -> set[str]:
    """The answers that met some condition."""
    met = met_by(assessment.firings)
    return {about for item in assessment.inputs if item.id in met for about in _abouts(item)}


def _abouts(item: Input) -> Iterator[str]:
    for side in sides_of(item.side):
        yield item_key(item.finding, item.site, side)


def _value(item: Input) -> str:
    return f"{item.number:g}" if item.number is not None else item.value


def _reasons(first: Assessment, second: Assessment) -> Iterator[ReasonChange]:
    was, now = _titles(first), _titles(second)
    for conclusion in dict.fromkeys([*now, *was]):
        before, after = was.get(conclusion, ()), now.get(conclusion, ())
        came = tuple(reason for reason in after if reason not in before)
        went = tuple(reason for reason in before if reason not in after)
        if came or went:
            yield ReasonChange(conclusion=conclusion, came=came, went=went)


def _titles(assessment: Assessment) -> dict[str, tuple[str, ...]]:
    """The rules that spoke of each conclusion, by title; those against it say so."""
    texts = assessment.rules
    return {
        line.id: tuple(
            dict.fromkeys(
                f"{'against: ' if reason in line.against else ''}"
                f"{texts[reason.rule].title if reason.rule in texts else reason.rule}"
                for reason in (*line.for_, *line.against)
            )
        )
        for line in assessment.conclusions
    }
