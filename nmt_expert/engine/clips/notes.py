"""What CLIPS wrote down of one run, read back: which rule fired, how bound, and on what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from nmt_expert.engine.body import Activated, FiringKey
from nmt_expert.engine.clips.memory import TOLD_OF
from nmt_expert.engine.clips.program import Defrule
from nmt_expert.engine.clips.symbols import name_of
from nmt_expert.engine.compile import DRAWN, QUESTION
from nmt_expert.engine.facts import FactToken, Token
from nmt_expert.engine.outcome import Outcome
from nmt_expert.engine.run import RawFiring, RunResult


class Keys:
    """The keys of firings by the words that CLIPS writes, each worked out once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, ...], FiringKey] = {}

    def of(self, outcome: Outcome, values: list[str]) -> FiringKey:
        """The key of an outcome under these values of its variables."""
        words = (outcome.name, *values)
        if words not in self._made:
            names = [variable[1:] for variable in outcome.variables]
            context = dict(zip(names, map(name_of, values), strict=True))
            self._made[words] = FiringKey(outcome.name, outcome.bindings(context))
        return self._made[words]


class Notes:
    """The activations of a run by their firing."""

    def __init__(
        self, rules: Mapping[str, Defrule], keys: Keys, standing: Mapping[str, Token]
    ) -> None:
        self._rules = rules
        self._keys = keys
        self.tokens = dict(standing)
        """Every fact that a rule could have met, by the number that CLIPS gave it."""
        self._activations: dict[FiringKey, list[Activated]] = defaultdict(list)
        self._firings: dict[FiringKey, RawFiring] = {}

    def read(self, lines: Iterable[list[str]]) -> None:
        """Take in the words of each line; a candidate is told of before a rule can meet it."""
        touched = set()
        for name, *words in lines:
            if name == TOLD_OF:
                self._tell(*words)
            else:
                touched.add(self._note(self._rules[name], words))
        for key in touched:
            self._firings[key] = RawFiring(*key, frozenset(self._activations[key]))

    def _tell(self, number: str, name: str, site: str, side: str) -> None:
        self.tokens[number] = FactToken("candidate", name_of(name), name_of(site), side, DRAWN)

    def _note(self, rule: Defrule, words: list[str]) -> FiringKey:
        """One activation: the values of the outcome's variables, then the facts' numbers."""
        count = len(rule.outcome.variables)
        key = self._keys.of(rule.outcome, words[:count])
        tokens = [self.tokens[number] for number in words[count:]]
        self._activations[key].append(tuple(zip(rule.numbers, tokens, strict=True)))
        return key

    def result(self) -> RunResult:
        """Everything that fired so far, in the order of rules and bindings."""
        raw = [self._firings[key] for key in sorted(self._firings)]
        return RunResult(
            tuple([firing for firing in raw if not firing.rule.startswith(QUESTION)]),
            tuple([firing for firing in raw if firing.rule.startswith(QUESTION)]),
        )
