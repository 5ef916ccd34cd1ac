"""What was done, told after the treatment: a key for each place of the plan, then other places."""

from typing import cast

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import ComplaintSite, Response, Retest, Treated
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.words import place, technique
from nmt_expert.terminal.asking import Asker, Choice
from nmt_expert.terminal.named_places import asked_places
from nmt_expert.terminal.page import Page

LATER = Choice("", "Later, or nothing was done")
NOW = Choice("now", "Log the treatment now")
RESPONSES = (
    Choice("", "Not treated"),
    Choice("eased", "Treated: eased"),
    Choice("same", "Treated: the same"),
    Choice("worse", "Treated: worse"),
    Choice("not_asked", "Treated: response not asked"),
)
RETESTS = (
    Choice("not_tested", "Not tested again"),
    Choice("better", "Better"),
    Choice("same", "The same"),
    Choice("worse", "Worse"),
)
OTHERS = "Other places treated? Names with r, l or b and commas (enter alone: none):"


def treatment(
    asker: Asker, page: Page, assessment: Assessment, kb: KnowledgeBase
) -> tuple[Treated, ...]:
    """The treatment log; empty when nothing was done, or it is told later."""
    if asker.choose("After the treatment: what was done?", (LATER, NOW)) != NOW.value:
        return ()
    done = [one for one in _planned(asker, assessment, kb) if one]
    for other in asked_places(asker, page, OTHERS, kb, "zone"):
        done += [one for one in [_other(asker, other, kb)] if one]
    if not done:
        return ()
    retest = asker.choose("The movement or test that showed it, tried again:", RETESTS)
    note = asker.write("A note on it (enter alone: none):") or None
    return tuple(
        one.model_copy(update={"retest": cast(Retest, retest), "note": note if n == 0 else None})
        for n, one in enumerate(done)
    )


def _planned(asker: Asker, assessment: Assessment, kb: KnowledgeBase) -> list[Treated | None]:
    """Each place of the plan, with the first of the techniques it names."""
    return [
        _asked(asker, ComplaintSite(site=f.site, side=f.side), f.technique[0], kb)
        for f in assessment.focus
        if f.site and f.technique
    ]


def _other(asker: Asker, where: ComplaintSite, kb: KnowledgeBase) -> Treated | None:
    methods = tuple(Choice(t.id, t.label) for t in kb.techniques.values())
    chosen = asker.choose(f"{place(kb, where.site, where.side)}: with what?", methods)
    return _asked(asker, where, chosen, kb)


def _asked(asker: Asker, where: ComplaintSite, method: str, kb: KnowledgeBase) -> Treated | None:
    words = f"{place(kb, where.site, where.side)} - {technique(kb, method)}:"
    response = asker.choose(words, RESPONSES)
    if not response:
        return None
    return Treated(
        site=where.site,
        side=where.side,
        technique=method,
        response=cast(Response, response),
    )
