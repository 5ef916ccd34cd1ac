"""What drills are made of: rules with their examples, answers in words, and what answers change."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from random import Random

from nmt_expert.assessment import Reasoning, reason
from nmt_expert.assessment.compared import compared, results_of
from nmt_expert.assessment.possible import item_key
from nmt_expert.engine import Engine
from nmt_expert.kb.contradictions import answers_said, contradictions
from nmt_expert.model.case import Answer, Case
from nmt_expert.model.difference import CameAndWent, Difference
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Example, Refer, Role, Rule
from nmt_expert.model.words import lacking
from nmt_expert.practice.satisfying import Bindings, Satisfier

Answers = tuple[Answer, ...]


@dataclass(frozen=True)
class Material:
    """The knowledge and the engine, and a chance that makes the same item of the same seed."""

    kb: KnowledgeBase
    engine: Engine
    chance: Random = field(default_factory=Random)

    def rules(self, *roles: Role) -> list[Rule]:
        """The rules of these roles whose examples take nothing as given."""
        return [
            rule
            for rule in self.kb.rules.values()
            if rule.role in roles
            and rule.status != "retired"
            and not (rule.examples.fires.given or rule.examples.silent.given)
        ]

    def red_flags(self) -> list[Rule]:
        """The rules that raise red flags."""
        return [rule for rule in self.rules("refer") if _raises_red_flag(rule)]

    def found(self, answers: Answers) -> Reasoning:
        """What follows from these answers alone."""
        return reason(Case(id="drill", answers=answers), self.kb, self.engine)

    def change(self, answers: Answers, more: Iterable[Answer]) -> Difference:
        """What further answers would change in what a person reads; not which questions open."""
        before, after = self.found(answers), self.found((*answers, *more))
        found = compared(results_of(before), results_of(after))
        return found.model_copy(update={"rules": CameAndWent(), "questions": CameAndWent()})

    def agree(self, answers: Iterable[Answer]) -> bool:
        """Whether all of them can be true of one client."""
        return not any(True for _ in contradictions(answers_said(answers), self.kb))

    def fires(self, rule: Rule, own: Bindings | None = None, known: Answers = ()) -> Answers:
        """Answers by which the rule may fire, at places drawn by chance; none where none fit.

        ``own`` binds variables of the rule beforehand; what is ``known`` comes first.
        """
        ways = self._satisfier.ways(rule.when, (own or {}, known))
        return next((needs for _, needs in islice(ways, 1)), ())

    @cached_property
    def _satisfier(self) -> Satisfier:
        rules = self.kb.practice
        return Satisfier(self.kb, self.chance, rules.generated.needs if rules else {})

    def beside(self, answers: Answers, count: int) -> Answers:
        """Present findings that other rules look for, which do not contradict the answers."""
        made: Answers = ()
        rules = self.rules("support", "candidate")
        while len(made) < count:
            offered = self.fires(self.chance.choice(rules))
            one = self.chance.choice(offered) if offered else None
            taken = {(a.finding, a.site) for a in (*answers, *made)}
            fits = one and one.value == "present" and (one.finding, one.site) not in taken
            if one and fits and self.agree((*answers, *made, one)):
                made = (*made, one)
        return made

    def say(self, answer: Answer) -> str:
        """An answer in words: ``Taut band: Upper trapezius, right``; ``Pain: Temple, left: no``."""
        words = lacking(self.kb, key_and_value(answer))
        return words.replace(f" = {self.kb.findings[answer.finding].value_label('absent')}", ": no")

    def say_all(self, answers: Iterable[Answer]) -> tuple[str, ...]:
        """Answers in words, in an order that gives nothing away."""
        return tuple(sorted(self.say(one) for one in answers))

    def topic(self, rule: Rule) -> str:
        """The factor a rule speaks of; for others the folder it stands in."""
        factors = (getattr(outcome, "factor", None) for outcome in rule.then)
        return next((factor for factor in factors if factor), rule.id.split(".")[0])


def key_and_value(answer: Answer) -> str:
    """What an answer says, by ids: ``pain@temple:left=absent``."""
    return f"{item_key(answer.finding, answer.site, answer.side)}={answer.value}"


def answers_in(example: Example) -> Answers:
    """The answers of an example, as a case has them."""
    return tuple(Answer.model_validate(one.model_dump()) for one in example.answers)


def reasons(rule: Rule) -> tuple[str, ...]:
    """A rule in three lines: what it says, why, and where it is weak."""
    weak = () if rule.limits == "not recorded" else (f"Limits: {rule.limits}",)
    return tuple(dict.fromkeys((f"{rule.title}.", rule.because, *weak)))


def _raises_red_flag(rule: Rule) -> bool:
    return any(isinstance(o, Refer) and o.kind == "red_flag" for o in rule.then)
