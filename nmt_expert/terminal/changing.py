"""The review screen: every reply in a numbered list, any of them changed, seen before it counts."""

from collections.abc import Iterator
from dataclasses import dataclass

from nmt_expert.interview import Interview, Reply, Step
from nmt_expert.interview.correction import Correction, asked_again, correctable, corrected
from nmt_expert.interview.words import told_in_list
from nmt_expert.model.difference_words import told
from nmt_expert.terminal.asking import Asker, Choice
from nmt_expert.terminal.keeper import Clock, Keeper
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.screens import screen_of

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

    def hold(self, interview: Interview) -> Correction | None:
        """The correction that was applied; None when all stays as it is."""
        step = self._chosen(interview)
        prompt = asked_again(interview, step) if step else None
        if step is None or prompt is None:
            self.page.line(CLOSED if step else CANCELLED, "quiet")
            return None
        reply = self.asker.ask(screen_of(prompt, interview, step.answers))
        if not isinstance(reply, Reply):
            self.page.line(CANCELLED, "quiet")
            return None
        by = interview.client.code if prompt.question.who == "client" else "therapist"
        answers = interview.answers(prompt, reply, by=by, at=self.clock())
        return self._confirmed(corrected(interview, step, prompt, answers), interview)

    def _chosen(self, interview: Interview) -> Step | None:
        steps = correctable(interview)
        if not steps:
            self.page.line(NOTHING_YET, "quiet")
            return None
        idle = interview.idle_steps
        choices = [Choice("", "Change nothing")]
        for n, step in enumerate(steps):
            kept = " [not used now]" if step.prompt in idle else ""
            choices.append(Choice(str(n), told_in_list(step.answers, interview.kb) + kept))
        chosen = self.asker.choose("Which answer?", tuple(choices))
        return steps[int(chosen)] if chosen else None

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
    yield f"Was: {told_in_list(old.answers, interview.kb)}"
    yield f"Now: {told_in_list(new.answers, interview.kb)}"
    yield from (f"- {line}" for line in told(change.difference, interview.kb))
    for says, names in (
        ("Kept, but not used", change.parked),
        ("Used again", change.returned),
    ):
        steps = [s for s in change.after.steps if s.prompt in names]
        yield from (f"- {says}: {told_in_list(s.answers, interview.kb)}" for s in steps)
