"""A case with some answers given otherwise: what every question of "what if" reasons over."""

from collections.abc import Iterable, Iterator

from nmt_expert.assessment.possible import item_key
from nmt_expert.assessment.reasoning import Reasoning
from nmt_expert.engine import FactToken
from nmt_expert.kb.answers import has_sides
from nmt_expert.model.base import SIDES, Side
from nmt_expert.model.case import Answer, Case, sides_of
from nmt_expert.model.finding import Finding


def applied(case: Case, answers: Iterable[Answer]) -> Case:
    """``case`` with ``answers`` in place of what was said there; the case itself is not touched."""
    given = tuple(answers)
    taken = {key for answer in given for key in _keys(answer)}
    kept = (part for answer in case.answers for part in _left(answer, taken))
    return case.model_copy(update={"answers": (*kept, *given)})


def _keys(answer: Answer) -> Iterator[tuple[str, str | None, str | None]]:
    for side in sides_of(answer.side):
        yield answer.finding, answer.site, side


def _left(answer: Answer, taken: set[tuple[str, str | None, str | None]]) -> Iterator[Answer]:
    """What is left of an answer: one for both sides may keep one of them."""
    kept = [side for finding, site, side in _keys(answer) if (finding, site, side) not in taken]
    if len(kept) == len(list(_keys(answer))):
        yield answer
    else:
        yield from (answer.model_copy(update={"side": side}) for side in kept)


def written(answer: Answer) -> str:
    """``finding@site:side=value``, as results and commands write it."""
    return f"{item_key(answer.finding, answer.site, answer.side)}={answer.value}"


def answer_to(token: FactToken, found: Reasoning) -> Answer:
    """The answer that asserts a fact, at a place where the finding can be asked.

    Where any side will do it is that of the chief complaint, else the right.
    """
    kb = found.kb
    finding = kb.findings[token.name]
    site = _askable(token, finding, found)
    side: Side | None = None
    if has_sides(finding, kb.sites.get(site or "")):
        chief = found.complaints[0].side if found.complaints else ""
        wanted = token.side if token.side in SIDES else chief
        side = "left" if wanted == "left" else "right"
    return Answer(finding=token.name, site=site, side=side, value=token.value)


def _askable(token: FactToken, finding: Finding, found: Reasoning) -> str | None:
    """The place itself, or for a region one within it where the finding is asked."""
    kb = found.kb
    if not token.site or kb.sites[token.site].kind in finding.site:
        return token.site or None
    inside = [
        site.id
        for site in kb.sites.values()
        if site.kind in finding.site and token.site in kb.ancestors.get(site.id, ())
    ]
    hurting = [zone.site for zone in found.complaints if zone.site in inside]
    return next(iter((*hurting, *inside)), token.site)
