"""What many reviews say together: of rules, of people and program, of reviewers, of students."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import TypeVar

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.base import Record
from nmt_expert.model.review import Verdict
from nmt_expert.review.attempts import AttemptReview
from nmt_expert.review.kappa import Agreement, agreement
from nmt_expert.review.queue import Review, Reviewed
from nmt_expert.review.subjects import subjects

NONE = "none"
"""What leads where nothing does."""


class RuleCard(Record):
    """In how many records a rule fired, and what reviewers said of what it drew.

    ``reasons`` are the codes given for not agreeing, the most frequent first.
    """

    rule: str
    fired: int
    agreed: int = 0
    overridden: int = 0
    unsure: int = 0
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def reviewed(self) -> int:
        """How many verdicts there are."""
        return self.agreed + self.overridden + self.unsure


class FactorCard(Record):
    """How often a person and the engine let a factor lead, and how well they agree about it."""

    factor: str
    person: int
    engine: int
    agreement: Agreement


class ReviewersCard(Record):
    """How alike two reviewers judge what both of them judged; each one's newest verdict counts."""

    first: str
    second: str
    agreement: Agreement


class PracticeCard(Record):
    """How the attempts of one student, or at one case, ended, and what supervisors made of it.

    ``missed_flags`` are red flags; ``remarked`` counts remarks of the score that a supervisor
    judged, ``overridden`` those not shared. ``leading`` is the agreement with the program.
    """

    of: str
    attempts: int
    acceptable: int
    questionable: int
    unsafe: int
    missed_flags: int
    remarked: int
    overridden: int
    leading: Agreement


class Scorecards(Record):
    """Rules in the order of how often they were overridden; factors in their fixed order.

    ``leading`` is the agreement over all factors at once, ``referring`` whether to refer at all:
    of the persons who held ``records`` with the program. Students' attempts are counted apart.
    ``of`` is the client, student or case that all of it is of; empty for everything.
    """

    of: str = ""
    records: int
    attempts: int
    rules: tuple[RuleCard, ...]
    factors: tuple[FactorCard, ...]
    leading: Agreement
    referring: Agreement
    reviewers: tuple[ReviewersCard, ...]
    students: tuple[PracticeCard, ...]
    cases: tuple[PracticeCard, ...]


def scorecards(
    reviews: Sequence[Review],
    factors: Iterable[str],
    attempts: Sequence[AttemptReview] = (),
    of: str = "",
) -> Scorecards:
    """Count everything once."""
    leading = _pairs(reviews, _leading)
    return Scorecards(
        of=of,
        records=len(reviews),
        attempts=len(attempts),
        rules=_rules(reviews),
        factors=tuple(_factor(factor, leading) for factor in factors),
        leading=agreement(leading),
        referring=agreement(_pairs(reviews, _referring)),
        reviewers=_reviewers((*reviews, *attempts)),
        students=_practice(attempts, lambda one: one.student),
        cases=_practice(attempts, lambda one: one.case.id),
    )


R = TypeVar("R", bound=Reviewed)


def by(reviews: Iterable[R], key: Callable[[R], str]) -> dict[str, tuple[R, ...]]:
    """The reviews of each student, client or case, for scorecards of their own."""
    groups: dict[str, list[R]] = defaultdict(list)
    for one in reviews:
        groups[key(one)].append(one)
    return {name: tuple(those) for name, those in sorted(groups.items())}


def _reviewers(reviews: Iterable[Reviewed]) -> tuple[ReviewersCard, ...]:
    """Every two reviewers who judged the same subjects."""
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for review in reviews:
        said: dict[str, dict[str, Verdict]] = defaultdict(dict)
        for one in review.said:
            said[one.remark.about][one.by] = one.remark.verdict
        for verdicts in said.values():
            for first, second in combinations(sorted(verdicts), 2):
                pairs[first, second].append((verdicts[first], verdicts[second]))
    return tuple(
        ReviewersCard(first=first, second=second, agreement=agreement(both))
        for (first, second), both in sorted(pairs.items())
    )


def _practice(
    attempts: Iterable[AttemptReview], key: Callable[[AttemptReview], str]
) -> tuple[PracticeCard, ...]:
    """A card for each student or case; those with the most unsafe attempts first."""
    cards = (_practice_card(of, those) for of, those in by(attempts, key).items())
    return tuple(sorted(cards, key=lambda one: (-one.unsafe, -one.questionable, one.of)))


def _practice_card(of: str, attempts: Sequence[AttemptReview]) -> PracticeCard:
    ended = Counter(one.score.verdict for one in attempts)
    verdicts = Counter(said.verdict for one in attempts for said in one.remarks.values())
    return PracticeCard(
        of=of,
        attempts=len(attempts),
        acceptable=ended["acceptable"],
        questionable=ended["questionable"],
        unsafe=ended["unsafe"],
        missed_flags=sum(one.missed_flags for one in attempts),
        remarked=verdicts.total(),
        overridden=verdicts["override"],
        leading=agreement(_pairs(attempts, _leading)),
    )


def _rules(reviews: Iterable[Review]) -> tuple[RuleCard, ...]:
    fired: Counter[str] = Counter()
    verdicts: dict[str, Counter[Verdict]] = defaultdict(Counter)
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for one in reviews:
        fired.update({firing.rule for firing in one.assessment.firings})
        for rule, verdict, reason in _verdicts(one):
            verdicts[rule][verdict] += 1
            if reason:
                reasons[rule][reason] += 1
    cards = (
        RuleCard(
            rule=rule,
            fired=number,
            agreed=verdicts[rule]["agree"],
            overridden=verdicts[rule]["override"],
            unsure=verdicts[rule]["unsure"],
            reasons=tuple(sorted(reasons[rule].items(), key=lambda one: (-one[1], one[0]))),
        )
        for rule, number in fired.items()
    )
    return tuple(sorted(cards, key=lambda card: (-card.overridden, -card.fired, card.rule)))


def _verdicts(review: Review) -> Iterable[tuple[str, Verdict, str | None]]:
    """What a review says of each rule that drew a subject, once a rule and subject."""
    remarks = review.remarks
    rule_of = {firing.n: firing.rule for firing in review.assessment.firings}
    for subject in subjects(review.assessment):
        if remark := remarks.get(subject.key):
            for rule in dict.fromkeys(rule_of[n] for n in subject.firings):
                yield rule, remark.verdict, remark.reason


def _pairs(
    reviews: Iterable[Reviewed], judged: Callable[[Reviewed], tuple[str | None, str]]
) -> list[tuple[str, str]]:
    """The person's judgement and the engine's, where the person gave one."""
    both = (judged(one) for one in reviews)
    return [(own, engine) for own, engine in both if own is not None]


def _leading(review: Reviewed) -> tuple[str | None, str]:
    own = review.impression
    engine = leading_factor(review.assessment)
    return ((own.factor or NONE) if own else None), engine


def _referring(review: Reviewed) -> tuple[str | None, str]:
    own = review.impression.refer
    engine = "refer" if review.assessment.referrals else NONE
    said = None if own in (None, "unsure") else NONE if own == NONE else "refer"
    return said, engine


def leading_factor(assessment: Assessment) -> str:
    """The factor that leads; ``none`` where nothing is supported."""
    first = assessment.factors[0] if assessment.factors else None
    return NONE if first is None or first.band == "not_supported" else first.factor


def _factor(factor: str, leading: Sequence[tuple[str, str]]) -> FactorCard:
    yes_no = [(str(own == factor), str(engine == factor)) for own, engine in leading]
    return FactorCard(
        factor=factor,
        person=sum(own == factor for own, _ in leading),
        engine=sum(engine == factor for _, engine in leading),
        agreement=agreement(yes_no),
    )
