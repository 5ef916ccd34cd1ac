"""Where replies go before the next prompt is shown: the record store, or nowhere for a demo."""

from collections.abc import Callable
from typing import Protocol

from nmt_expert.interview import Interview, Step
from nmt_expert.interview.correction import Correction
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Complaint
from nmt_expert.model.visit import Impression
from nmt_expert.records import InterviewId, Store

Clock = Callable[[], str]
"""The time now, ISO 8601 in UTC."""


class Keeper(Protocol):
    """Keeps each step; when a method returns, it is safe."""

    def keep(self, step: Step, complaint: Complaint | None = None) -> None:
        """Keep one reply."""

    def withdraw(self, step: Step, why: str) -> None:
        """Keep that a reply was taken back."""

    def correct(self, change: Correction, why: str) -> None:
        """Keep that a reply was put in place of another."""

    def park(self, before: Interview, after: Interview) -> None:
        """Keep which replies are no longer used, or are used again."""


class StoreKeeper:
    """Keeps everything in the record store, also what no conversation tells."""

    def __init__(self, store: Store, interview: InterviewId, clock: Clock) -> None:
        self._store = store
        self._interview = interview
        self._clock = clock

    def keep(self, step: Step, complaint: Complaint | None = None) -> None:
        """One transaction a reply."""
        self._store.append(
            self._interview,
            step.answers,
            prompt=step.prompt,
            at=self._clock(),
            complaint=complaint,
            activities=step.activities,
        )

    def withdraw(self, step: Step, why: str) -> None:
        """The reply stays in the journal, withdrawn, with all it was corrected from."""
        while self._store.stands(self._interview, step.prompt):
            self._store.undo(self._interview, step.prompt, why, self._clock())

    def correct(self, change: Correction, why: str) -> None:
        """Every step it touches keeps its place."""
        for _, new in change.steps:
            self._store.correct(
                self._interview,
                new.answers,
                prompt=new.prompt,
                why=why,
                at=self._clock(),
                complaint=change.after.case.complaint,
                activities=new.activities,
            )

    def park(self, before: Interview, after: Interview) -> None:
        """Only what changed is written; a reply that was withdrawn has nothing to park."""
        standing = {step.prompt for step in after.steps}
        for prompt in sorted(after.idle_steps - before.idle_steps):
            self._store.park(self._interview, prompt, self._clock(), PARKED)
        for prompt in sorted((before.idle_steps - after.idle_steps) & standing):
            self._store.bring_back(self._interview, prompt, self._clock(), BROUGHT_BACK)

    def note(self, text: str) -> None:
        """Keep a note that no answer carries."""
        self._store.note(self._interview, text, self._clock())

    def think(self, own: Impression) -> None:
        """Keep the person's own view."""
        self._store.think(self._interview, own, self._clock())

    def finish(self, assessment: Assessment) -> None:
        """Freeze the assessment, and close the interview."""
        self._store.finish(self._interview, assessment, self._clock())


class NoKeeper:
    """Keeps nothing."""

    def correct(self, change: Correction, why: str) -> None:
        """Nothing is kept."""

    def keep(self, step: Step, complaint: Complaint | None = None) -> None:
        """Nothing is kept."""

    def withdraw(self, step: Step, why: str) -> None:
        """Nothing is kept."""

    def park(self, before: Interview, after: Interview) -> None:
        """Nothing is kept."""


PARKED = "its question no longer applies"
BROUGHT_BACK = "its question applies again"
