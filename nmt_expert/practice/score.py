"""The process score of a finished attempt: remarks that each rest on rules, and what to repeat."""

from collections.abc import Iterator

from nmt_expert.engine import Engine
from nmt_expert.practice.attempt import Attempt, key_of
from nmt_expert.practice.content import content
from nmt_expert.practice.events import Committed
from nmt_expert.practice.procedure import procedure
from nmt_expert.practice.reasoning import reasoning
from nmt_expert.practice.remarks import Lesson, Outcome, Score, worst
from nmt_expert.practice.review import Review, behind

OUTCOMES: dict[str, Outcome] = {
    "acceptable": "used",
    "questionable": "seen",
    "unsafe": "missed",
}
"""What an attempt as a whole says of its topic."""


def score(attempt: Attempt, engine: Engine) -> Score:
    """Read the remarks off the attempt; the same attempt gives the same score."""
    return scored(Review(attempt, engine))


def scored(review: Review) -> Score:
    """The score of an attempt that is laid beside its whole case already."""
    attempt = review.attempt
    remarks = (*content(review), *procedure(review), *reasoning(review))
    topic = Lesson(of=f"topic:{attempt.case.topic}", outcome=OUTCOMES[worst(remarks)])
    return Score(
        case=attempt.case.id,
        minutes=attempt.minutes,
        remarks=remarks,
        lessons=(topic, *_rules(review)),
    )


def _rules(review: Review) -> Iterator[Lesson]:
    """The rules that the case turns on: used, only seen, or missed."""
    fired = {one.rule: one for one in review.seen.firings}
    cited = {key for one in review.attempt.of(Committed) for key in (*one.pro, *one.contra)}
    cited |= {key for one in review.planned.referrals for key in one.because}
    answers = {key_of(a): a for a in review.attempt.noted if key_of(a) in cited}
    known = {(a.finding, a.site) for a in answers.values()}
    for rule in _deciding(review):
        outcome: Outcome = "missed"
        if rule in fired:
            inputs = behind(review.seen, fired[rule])
            used = any((one.finding, one.site) in known for one in inputs)
            outcome = "used" if used else "seen"
        yield Lesson(of=f"rule:{rule}", outcome=outcome)


def _deciding(review: Review) -> tuple[str, ...]:
    """The rules behind the conclusions that carry the key, and behind the needed referrals."""
    rules = [rule for one in review.needed for rule in review.raising(one.flag)]
    rules += [r.rule for one in review.carrying for r in one.for_ if r.counts]
    return tuple(dict.fromkeys(rules))
