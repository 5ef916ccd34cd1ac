"""Which rules wait for a signature, and how much each is worth reading first."""

from collections import Counter
from collections.abc import Iterable, Sequence

from nmt_expert.model.base import URGENCIES, Record
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Refer, Rule
from nmt_expert.review.queue import Review
from nmt_expert.review.scorecards import scorecards


class WaitingRule(Record):
    """A draft: in how many stored records it fired, how often it was overridden, how urgent it is.

    ``edited`` says that somebody signed it as it was before.
    """

    rule: str
    fired: int
    overridden: int
    urgency: str
    edited: bool


def waiting_rules(
    kb: KnowledgeBase, reviews: Sequence[Review], words: Iterable[str] = ()
) -> tuple[WaitingRule, ...]:
    """The drafts whose id, title or reason hold every word.

    Those that refer most urgently stand first, then those that reviewers overrode or that fired
    most often: a fault in them costs most.
    """
    wanted = [word.lower() for word in words]
    cards = {card.rule: card for card in scorecards(reviews, kb.factors).rules}
    fired = Counter({rule: card.fired for rule, card in cards.items()})
    found = (
        WaitingRule(
            rule=rule.id,
            fired=fired[rule.id],
            overridden=cards[rule.id].overridden if rule.id in cards else 0,
            urgency=_urgency(rule),
            edited=rule.id in kb.reviews,
        )
        for rule in kb.rules.values()
        if rule.status == "draft" and all(word in _text(rule) for word in wanted)
    )
    return tuple(sorted(found, key=_weight))


def _weight(one: WaitingRule) -> tuple[int, int, int, str]:
    ranks: tuple[str, ...] = (*URGENCIES, "")
    return ranks.index(one.urgency), -one.overridden, -one.fired, one.rule


def _urgency(rule: Rule) -> str:
    """The most urgent referral that it can raise; empty when it raises none."""
    raised = {each.urgency for each in rule.then if isinstance(each, Refer)}
    return next((urgency for urgency in URGENCIES if urgency in raised), "")


def _text(rule: Rule) -> str:
    return f"{rule.id} {rule.title} {rule.because}".lower()
