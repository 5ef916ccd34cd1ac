"""The working memory of the indexed engine: it is brought from what one run was given to the next.

Rules are monotone, so what is stated more only adds to what fired. What is stated no longer is
taken back with all that rested on it: its activations, the firings left without any, and the
candidates that these drew. Candidates may rest on one another in a ring, so one that has lost a
firing stands only while it is stated, or some firing that draws it rests on no candidate; any other
is taken back first, and declared again if a firing that draws it is left when all is done.
"""

from collections import Counter
from collections.abc import Collection, Iterable

from nmt_expert.engine.body import Activated, Body, Gathered, OneOfEach
from nmt_expert.engine.facts import Facts, FactToken, Known, TextFact, Token


class WorkingMemory:
    """What is stated to one body, and what follows from it."""

    def __init__(self, body: Body, facts: Facts) -> None:
        self.body = body
        self.opens = True
        """Whether all that is held has opened its questions too."""
        self._facts = facts
        self._stated: dict[Known, None] = {}
        self._times: Counter[Token] = Counter()
        body.gathered = Gathered()
        body.facts = OneOfEach()

    def clear(self) -> None:
        """Hold nothing, also when a run was left half-way."""
        self.body.matcher.reset()
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._stated = {}
        self._times = Counter()
        self.body.agenda.activations = []
        self.body.facts = OneOfEach()
        self.body.gathered.clear()
        self.opens = True

    @property
    def bands(self) -> tuple[Known, ...]:
        """The bands that are stated now."""
        return tuple(one for one in self._stated if one.what == "band")

    def hold(self, known: Collection[Known], opening: bool) -> None:
        """Hold just what is ``known``, and fire all that it supports."""
        try:
            gone = [one for one in self._stated if one not in known]
            if 2 * len(gone) > len(self._stated):  # another client
                self.body.matcher.forget()
                self._begin_anew()
                gone = []
            self.opens = self.opens and opening
            self.body.matcher.least_salience = float("-inf") if opening else 0
            self._take_back(gone)
            self._state(one for one in known if one not in self._stated)
            self.body.run()
        except BaseException:  # also Ctrl-C: what is half done must not be gone on from
            self.clear()
            raise

    def _state(self, new: Iterable[Known]) -> None:
        for one in list(new):
            self._stated[one] = None
            for fact in self._facts.of(one):
                self._times[fact.token] += 1
                self.body.facts.declare(fact)

    def _take_back(self, gone: Iterable[Known]) -> None:
        shaken: list[TextFact] = []
        for one in gone:
            del self._stated[one]
            for fact in self._facts.of(one):
                self._times[fact.token] -= 1
                shaken.append(fact)
        taken: list[TextFact] = []
        while shaken:
            fact = shaken.pop()
            if id(fact) in self.body.facts and not self._stands(fact.token):
                del self.body.facts[id(fact)]
                self.body.matcher.remove(fact)
                shaken += self.body.gathered.without(fact.token)
                taken.append(fact)
        for fact in taken:
            if self.body.gathered.drawers(fact.token):
                self.body.facts.declare(fact)

    def _stands(self, token: Token) -> bool:
        """Whether it is stated, or drawn by a firing that rests on no candidate."""
        if self._times[token] > 0:
            return True
        gathered = self.body.gathered
        return any(
            _rests_on_no_candidate(activated)
            for key in gathered.drawers(token)
            for activated in gathered.of[key]
        )


def _rests_on_no_candidate(activated: Activated) -> bool:
    return not any(
        isinstance(token, FactToken) and token.what == "candidate" for _, token in activated
    )
