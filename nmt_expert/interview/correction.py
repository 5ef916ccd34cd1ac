"""Change any answer: what it would do is shown first, then it is applied or left.

A corrected reply takes the place of the old one, so that changing and changing back gives the same
case. Nothing is worked out here: the interview with the other reply is run, and compared.
"""

from dataclasses import dataclass, replace

from nmt_expert.assessment.compared import compared, results_of
from nmt_expert.interview.handed import handed
from nmt_expert.interview.ledger import Key, places_asked, single_sided
from nmt_expert.interview.prompts import Prompt
from nmt_expert.interview.session import SETTINGS, Interview, Step
from nmt_expert.interview.steps import asked_prompt
from nmt_expert.model.case import Activities, Answer
from nmt_expert.model.difference import Difference


@dataclass(frozen=True)
class Correction:
    """A reply put in place of another, not applied yet.

    ``steps`` are the old and the new form of every step it touches, the corrected one first;
    ``parked`` and ``returned`` name steps whose answers are no longer used, or used again.
    """

    after: Interview
    steps: tuple[tuple[Step, Step], ...]
    difference: Difference
    parked: tuple[str, ...]
    returned: tuple[str, ...]

    def reversed(self, before: Interview) -> "Correction":
        """The correction that takes this one back."""
        back = tuple((new, old) for old, new in self.steps)
        return Correction(before, back, Difference(), self.returned, self.parked)

    @property
    def lowers(self) -> bool:
        """Whether a flag is taken away or made less urgent, which needs a reason."""
        return any(change.before is not None for change in self.difference.flags)


def correctable(interview: Interview) -> tuple[Step, ...]:
    """Every reply that may be changed, oldest first; settings are no reply."""
    replies = (step for step in interview.steps if step.prompt != SETTINGS)
    return tuple(step for step in replies if step.answers or step.activities is not None)


def asked_again(interview: Interview, step: Step) -> Prompt | None:
    """The prompt that a step replied to; None when its question does not apply any more."""
    without = replace(interview, steps=tuple(s for s in interview.steps if s is not step))
    keys = _keys(step.answers)
    prompts = without.prompts_about(lambda finding, at: (finding, at.site, at.side) in keys)
    alike = [prompt for prompt in prompts if prompt.id == asked_prompt(step.prompt)]
    return next(iter(alike or prompts), None)


def corrected(
    interview: Interview, step: Step, prompt: Prompt, answers: tuple[Answer, ...]
) -> Correction:
    """The interview with other answers in a step, and everything that would be different."""
    later = interview.steps[interview.steps.index(step) + 1 :]
    changed = [(step, replace(step, answers=(*answers, *_not_asked(step, prompt))))]
    changed += [(one, rest) for one in later if (rest := _without(one, _keys(answers))) != one]
    return _correction(interview, changed)


def scored_again(interview: Interview, step: Step, activities: Activities) -> Correction:
    """The interview with other scores of the client's own activities."""
    return _correction(interview, [(step, replace(step, activities=activities))])


def _correction(interview: Interview, changed: list[tuple[Step, Step]]) -> Correction:
    new = {id(old): now for old, now in changed}
    after = replace(interview, steps=tuple(new.get(id(one), one) for one in interview.steps))
    return Correction(
        after=after,
        steps=tuple(changed),
        difference=compared(results_of(interview.reasoning), results_of(after.reasoning)),
        parked=tuple(sorted(after.idle_steps - interview.idle_steps)),
        returned=tuple(sorted(interview.idle_steps - after.idle_steps)),
    )


def _not_asked(step: Step, prompt: Prompt) -> tuple[Answer, ...]:
    """What a step that was handed on holds beside the prompt that is asked again: it stays."""
    asked = places_asked(prompt.items)
    return tuple(a for a in step.answers if handed(step.prompt) and _keys((a,)).isdisjoint(asked))


def _keys(answers: tuple[Answer, ...]) -> set[Key]:
    return {(a.finding, a.site, a.side) for answer in answers for a in single_sided(answer)}


def _without(step: Step, keys: set[Key]) -> Step:
    """A later step without what is answered anew: it was the same question, asked again."""
    kept = tuple(a for a in step.answers if _keys((a,)).isdisjoint(keys))
    return replace(step, answers=kept)
