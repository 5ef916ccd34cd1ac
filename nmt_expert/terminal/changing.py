"""The review screen: every reply, any of them changed, and what was skipped, to be opened again."""

from collections.abc import Iterator
from dataclasses import dataclass

from nmt_expert.interview import Interview, Prompt, Reply, Step, Words
from nmt_expert.interview.correction import (
    Correction,
    asked_again,
    correctable,
    corrected,
    scored_again,
)
from nmt_expert.interview.words import told_in_list
from nmt_expert.model.difference_words import told
from nmt_expert.terminal.activities import score_activities
from nmt_expert.terminal.asking import Asker, Choice
from nmt_expert.terminal.keeper import Clock, Keeper
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.screens import screen_of

THERAPIST = "therapist"
"""Who answers, where no name was given."""
CANCELLED = "Nothing was changed."
CLOSED = "Its question does not apply any more; the answer is kept but not used."
NOTHING_YET = "Nothing has been answered yet."
APPLY = (
    Choice("", "Leave it as it was"),
    Choice("apply", "Apply the change"),
)


@dataclass(frozen=True)
class Changing:
    """Asks which reply to change, puts its prompt again, shows what flips, applies or leaves it."""

    asker: Asker
    page: Page
    keeper: Keeper
    clock: Clock
    therapist: str = THERAPIST

    def hold(self, interview: Interview) -> Correction | Prompt | None:
        """The correction applied, or a skipped prompt to ask; None when all stays as it is."""
        step = self._chosen(interview)
        if isinstance(step, Prompt):
            return step
        if step and step.activities is not None:
            scored = score_activities(self.asker, self.page, step.activities)
            return self._confirmed(scored_again(interview, step, scored), interview)
        prompt = asked_again(interview, step) if step else None
        if step is None or prompt is None:
            self.page.line(CLOSED if step else CANCELLED, "quiet")
            return None
        reply = self.asker.ask(screen_of(prompt, interview, step.answers))
        if not isinstance(reply, Reply):
            self.page.line(CANCELLED, "quiet")
            return None
        by = interview.client.code if prompt.question.who == "client" else self.therapist
        answers = interview.answers(prompt, reply, by=by, at=self.clock())
        return self._confirmed(corrected(interview, step, prompt, answers), interview)

    def _chosen(self, interview: Interview) -> Step | Prompt | None:
        listed: list[Step | Prompt] = [*correctable(interview), *interview.skipped]
        if not listed:
            self.page.line(NOTHING_YET, "quiet")
            return None
        choices = [Choice("", "Change nothing")]
        choices += [Choice(str(n), _line(one, interview)) for n, one in enumerate(listed)]
        chosen = self.asker.choose("Which answer?", tuple(choices))
        return listed[int(chosen)] if chosen else None

    def _confirmed(self, change: Correction, interview: Interview) -> Correction | None:
        self.page.lines(*((line, "normal") for line in _shown(change, interview)))
        if self.asker.choose("Change it?", APPLY) != "apply":
            self.page.line(CANCELLED, "quiet")
            return None
        self.keeper.correct(change, self._reason(change))
        self.keeper.park(interview, change.after)
        self.page.line("Changed.", "answer")
        return change

    def _reason(self, change: Correction) -> str:
        """What takes a flag away needs a reason; anything else may have one."""
        if change.lowers:
            return self.asker.write(
                "Why is it changed?", pattern=r"(?s).{3,300}", wrong="A few words, please."
            )
        return self.asker.write("Why is it changed? (enter alone: no reason)") or "changed"


def _shown(change: Correction, interview: Interview) -> Iterator[str]:
    """What flips, which replies are parked or come back."""
    old, new = change.steps[0]
    yield f"Was: {_reply(old, interview)}"
    yield f"Now: {_reply(new, interview)}"
    yield from (f"- {line}" for line in told(change.difference, interview.kb))
    for says, names in (
        ("Kept, but not used", change.parked),
        ("Used again", change.returned),
    ):
        steps = [s for s in change.after.steps if s.prompt in names]
        yield from (f"- {says}: {_reply(s, interview)}" for s in steps)


def _line(one: Step | Prompt, interview: Interview) -> str:
    """A reply, or what was not asked because nothing depends on it any more."""
    if isinstance(one, Prompt):
        return f"{Words(interview.kb).title(one)} [skipped: it changes nothing now]"
    kept = " [not used now]" if one.prompt in interview.idle_steps else ""
    return _reply(one, interview) + kept


def _reply(step: Step, interview: Interview) -> str:
    """One reply in one line."""
    if step.activities is None:
        return told_in_list(step.answers, interview.kb)
    scored = "; ".join(f"{one.activity} {one.score:g}" for one in step.activities)
    return f"The client's own activities: {scored or 'none scored'}"
