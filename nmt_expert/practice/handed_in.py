"""An attempt at its end, with all that reading it again takes: case and rules may change later."""

from nmt_expert.assessment.written import written
from nmt_expert.engine import Engine
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.base import Record
from nmt_expert.model.practice import PracticeCase
from nmt_expert.model.written import WrittenRule
from nmt_expert.practice.attempt import Attempt
from nmt_expert.practice.remarks import Score
from nmt_expert.practice.review import Review
from nmt_expert.practice.score import scored


class HandedIn(Record):
    """The case as it was, what was said of the attempt, and what follows from what was asked.

    ``seen`` holds the texts of the rules that fired; ``rules`` those that only a remark names.
    """

    case: PracticeCase
    score: Score
    seen: Assessment
    rules: dict[str, WrittenRule]


def handed_in(attempt: Attempt, engine: Engine) -> HandedIn:
    """Score a finished attempt, and keep what the score rests on."""
    review, kb = Review(attempt, engine), attempt.kb
    score = scored(review)
    named = {rule for one in score.remarks for rule in one.rules if rule in kb.rules}
    silent = sorted(named - review.seen.rules.keys())
    rules = {rule: written(kb.rules[rule], kb) for rule in silent}
    return HandedIn(case=attempt.case, score=score, seen=review.seen, rules=rules)
