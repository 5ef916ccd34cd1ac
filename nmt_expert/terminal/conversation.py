"""Leads an interview from prompt to prompt; the same for keys, typed lines and recorded replies."""

from dataclasses import dataclass
from typing import Literal

from nmt_expert.interview import Interrupt, Interview, Prompt, Reply, Step, Words
from nmt_expert.interview.correction import Correction
from nmt_expert.interview.steps import asked_prompt
from nmt_expert.model.case import Answer
from nmt_expert.terminal.alarm import alarm_lines
from nmt_expert.terminal.asking import Asker, Choice, Command
from nmt_expert.terminal.changing import THERAPIST, Changing
from nmt_expert.terminal.keeper import Clock, Keeper
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.screens import screen_of

Ending = Literal["done", "finish", "leave"]
"""Everything was asked, the person wants the report now, or goes on another time."""

LEAVE_CHOICES = (
    Choice("stay", "Go on with this question"),
    Choice("leave", "Save and leave; go on another time"),
    Choice("finish", "Finish now: the report on what is known, the rest not cleared"),
)
ALARM_CHOICES = (
    Choice("stay", "It is so. Go on asking; treatment output stays withheld"),
    Choice("leave", "It is so. Save and leave"),
    Choice("finish", "It is so. Finish now, with the report"),
    Choice("undo", "It was a mis-tick: withdraw the answer, with a reason"),
)

ENDINGS: dict[str, Ending] = {"leave": "leave", "finish": "finish"}


@dataclass
class Conversation:
    """One sitting. ``interview`` is how it stands; ``country`` is for telephone numbers.

    ``therapist`` is who answers what the client does not.
    """

    interview: Interview
    asker: Asker
    page: Page
    keeper: Keeper
    clock: Clock
    country: str | None = None
    therapist: str = THERAPIST

    def __post_init__(self) -> None:
        self._asked: list[Prompt] = []
        self._queue: list[Prompt] = []
        self._before: tuple[Answer, ...] = ()
        self._ending: Ending | None = None

    def hold(self) -> Ending:
        """Ask until nothing is left to ask, or the person stops.

        Raises:
            KeyboardInterrupt, EOFError: Ctrl-C, Ctrl-D, or the terminal went away.
        """
        while self._ending is None:
            prompt = self._queue.pop(0) if self._queue else self.interview.next_prompt
            if prompt is None:
                return "done"
            self._put(prompt)
        return self._ending

    def _put(self, prompt: Prompt) -> None:
        outcome = self.asker.ask(screen_of(prompt, self.interview, self._before))
        match outcome:
            case Reply():
                self._before = ()
                self._take(prompt, outcome)
            case Command.BACK:
                self._back(prompt)
            case Command.CHANGE:
                self._change(prompt)
            case Command.NOW:
                self._queue[:0] = [*self.interview.watch_list, prompt]
            case Command.LEAVE:
                self._queue.insert(0, prompt)
                self._leave(LEAVE_CHOICES)

    def _take(self, prompt: Prompt, reply: Reply) -> None:
        """Keep the reply, say it back, and interrupt if it raised something urgent."""
        by = self.interview.client.code if prompt.question.who == "client" else self.therapist
        answers = self.interview.answers(prompt, reply, by=by, at=self.clock())
        before, self.interview = self.interview, self.interview.replied(prompt, answers)
        charted = prompt.items[0].finding == self.interview.kb.plan.complaint_finding
        complaint = self.interview.case.complaint if charted else None
        self.keeper.keep(self.interview.steps[-1], complaint)
        self.keeper.park(before, self.interview)
        self._asked.append(prompt)
        words = Words(self.interview.kb)
        title = words.title(prompt)
        self.page.line(f"{title}: {words.told(prompt, answers)}", "answer")
        interrupt = self.interview.interrupt(before)
        if interrupt and self._alarmed(interrupt) == "undo":
            self._withdraw(self._reason())
            self._before = ()  # what was ticked by mistake is not offered again

    def _alarmed(self, interrupt: Interrupt) -> str:
        """Show what is urgent, and take what the person does about it."""
        self.page.fresh()
        self.page.lines(*alarm_lines(interrupt, self.interview.kb, self.country))
        return self._leave(ALARM_CHOICES)

    def _reason(self) -> str:
        """Why an answer that raised an urgent flag is taken back."""
        return self.asker.write(
            "Why is it withdrawn?", pattern=r"(?s).{3,300}", wrong="A few words, please."
        )

    def _change(self, prompt: Prompt) -> None:
        """Change any reply, or open what was skipped; what comes next follows from the answers."""
        before = self.interview
        changing = Changing(self.asker, self.page, self.keeper, self.clock, self.therapist)
        change = changing.hold(before)
        if not isinstance(change, Correction):
            self._queue[:0] = [prompt] if change is None else [change, prompt]
            return
        self.interview = change.after
        self._queue.clear()
        interrupt = self.interview.interrupt(before)
        if interrupt and self._alarmed(interrupt) == "undo":
            self._change_back(change, before)

    def _change_back(self, change: Correction, before: Interview) -> None:
        """A change that raised an urgent flag by mistake is taken back, with a reason."""
        self.keeper.correct(change.reversed(before), self._reason())
        self.keeper.park(self.interview, before)
        self.interview = before

    def _leave(self, choices: tuple[Choice, ...]) -> str:
        chosen = self.asker.choose("What now?", choices)
        self._ending = ENDINGS.get(chosen)
        return chosen

    def _back(self, prompt: Prompt) -> None:
        if self.interview.undoable is None:
            self.page.line("This is the first question; there is nothing to go back to.")
            self._queue.insert(0, prompt)
            return
        if prompt.again:
            self._queue.insert(0, prompt)
        lowers = self.interview.interrupt(self.interview.back()) is not None
        self._withdraw(self._reason() if lowers else "went back one question")

    def _withdraw(self, why: str) -> None:
        """Take the last reply back and put its prompt again, with what was ticked."""
        step = self.interview.undoable
        assert step is not None
        self.keeper.withdraw(step, why)
        before, self.interview = self.interview, self.interview.back()
        self.keeper.park(before, self.interview)
        self._before = step.answers
        self.page.line("Withdrawn; asked once more.", "quiet")
        self._queue[:0] = self._asked_last(step)

    def _asked_last(self, step: Step) -> list[Prompt]:
        """The prompt of a withdrawn step; unknown for one of an earlier sitting."""
        if self._asked and self._asked[-1].id == asked_prompt(step.prompt):
            return [self._asked.pop()]
        return [p for p in self.interview.open if p.id == asked_prompt(step.prompt)]
