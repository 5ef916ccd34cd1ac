"""What would have to be answered for a rule to fire: its conditions followed down to answers.

A candidate is followed to the nearest rule that draws it, a band to the evidence that reaches it.
Whether it is reached is never worked out here: the answers are given to a copy of the case, and the
engine runs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nmt_expert.assessment.applied import answer_to, applied, written
from nmt_expert.assessment.reasoning import Reasoning, reason
from nmt_expert.assessment.supposed import Supposed, Target, nearest
from nmt_expert.engine import FactToken, Reasoner
from nmt_expert.model.base import SIDES, STRENGTHS
from nmt_expert.model.case import Answer
from nmt_expert.model.rule import Candidate, Conclude, Rule

MOST_TRIED = 6
"""How many rules are tried for one band: first each alone, then one after another together."""
DEEPEST = 4
"""Candidates of candidates that are followed."""
Answers = tuple[Answer, ...]


@dataclass
class Needed:
    """Follows the needs of rules for one client; ``runs`` counts the runs of the engine."""

    found: Reasoning
    engine: Reasoner
    runs: int = 0
    _followed: dict[FactToken, Answers] = field(default_factory=dict)

    def answers(self, way: Supposed, above: frozenset[FactToken] = frozenset()) -> Answers:
        """The answers that a way to fire a rule still needs, each once."""
        return _each_once(answer for token in way.needs for answer in self._for(token, above))

    def after(self, answers: Answers) -> Reasoning:
        """The run with these answers."""
        self.runs += 1
        return reason(applied(self.found.case, answers), self.found.kb, self.engine)

    def _for(self, token: FactToken, above: frozenset[FactToken]) -> Answers:
        if token.what == "finding":
            return (answer_to(token, self.found),)
        if token in above or len(above) >= DEEPEST:
            return ()
        if token not in self._followed:
            follow = self._drawing if token.what == "candidate" else self._reaching
            self._followed[token] = follow(token, above | {token})
        return self._followed[token]

    def _drawing(self, token: FactToken, above: frozenset[FactToken]) -> Answers:
        """The fewest answers that draw a candidate."""
        ways = (self.answers(way, above) for way in self._ways(token, "candidate"))
        return min((way for way in ways if way), key=len, default=())

    def _reaching(self, token: FactToken, above: frozenset[FactToken]) -> Answers:
        """Answers that bring a conclusion to a band: by one rule, else by several together."""
        options = [self.answers(way, above) for way in self._ways(token, "support")]
        options = [option for option in options if option][:MOST_TRIED]
        together = tuple(self._together(options))
        for option in (*options, *together):
            if token in self.after(option).trace.conclusions:
                return option
        return together[-1] if together else next(iter(options), ())

    def _together(self, options: list[Answers]) -> Iterator[Answers]:
        """The first two, the first three …, each answer once."""
        for last in range(2, len(options) + 1):
            yield _each_once(answer for option in options[:last] for answer in option)

    def _ways(self, token: FactToken, role: str) -> list[Supposed]:
        """How the rules of a role could draw it: what needs least first, then what weighs most."""
        kb = self.found.kb
        rules = [rule for rule in kb.rules.values() if rule.role == role and _draws(rule, token)]
        side = token.side if token.side in SIDES else None
        target = Target(token.name, token.site or None, side)
        ways = nearest(rules, target, self.found, self.engine)
        self.runs += 1
        lacking = [way for way in ways if way.needs][: 2 * MOST_TRIED]
        return sorted(lacking, key=lambda way: (len(way.needs), _weight(way.rule)))


def _each_once(answers: Iterable[Answer]) -> Answers:
    given: dict[str, Answer] = {}
    for answer in answers:
        given.setdefault(written(answer), answer)
    return tuple(given.values())


def _draws(rule: Rule, token: FactToken) -> bool:
    """Whether a rule that may still fire speaks of a candidate or conclusion of this name."""
    if rule.status == "retired":
        return False
    return any(
        token.name == (one.candidate if isinstance(one, Candidate) else one.conclude)
        for one in rule.then
        if isinstance(one, Candidate | Conclude)
    )


def _weight(rule: Rule) -> int:
    strengths = (one.strength for one in rule.then if isinstance(one, Conclude))
    return min(map(STRENGTHS.index, strengths), default=len(STRENGTHS))
