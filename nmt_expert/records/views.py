"""What the store tells about an interview: its present state, and a line for lists."""

from nmt_expert.model.base import Record
from nmt_expert.model.case import (
    Activities,
    Answer,
    Case,
    Client,
    Complaint,
    Earlier,
    Treated,
    Visit,
)
from nmt_expert.model.visit import Impression
from nmt_expert.records.entries import Standing


class AnsweredPrompt(Record):
    """One prompt that has been answered: how it stands, who said so, when, in which entry."""

    prompt: str
    standing: Standing
    n: int
    at: str
    by: str | None


class InterviewNote(Record):
    """A note on the interview as a whole."""

    at: str
    by: str | None
    text: str


class StoredInterview(Record):
    """An interview as its journal leaves it; prompts and answers stand oldest first.

    ``impression`` is what the person thought before the result was shown, ``treated`` what was
    done after it. A delta visit says ``since`` which interview; ``earlier`` are the visits before.
    """

    id: str
    client: Client
    visit: Visit
    quick: bool
    kb_version: str
    kb_sha256: str
    started: str
    finished: str | None
    prompts: tuple[AnsweredPrompt, ...]
    notes: tuple[InterviewNote, ...]
    impression: Impression = Impression()
    treated: tuple[Treated, ...] = ()
    since: str | None = None
    earlier: tuple[Earlier, ...] = ()

    @property
    def answered(self) -> tuple[str, ...]:
        """Every prompt that stands answered, parked ones too."""
        return tuple(prompt.prompt for prompt in self.prompts)

    @property
    def parked(self) -> tuple[str, ...]:
        """Prompts whose answers are kept but not used."""
        return tuple(prompt.prompt for prompt in self.prompts if prompt.standing.parked)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers in use; when two speak of one finding, the later one is newer."""
        used = (prompt.standing for prompt in self.prompts if not prompt.standing.parked)
        return tuple(answer for standing in used for answer in standing.answers)

    @property
    def complaint(self) -> Complaint:
        """Why the client came, as told last."""
        told = [p.standing.complaint for p in self.prompts if not p.standing.parked]
        return next((complaint for complaint in reversed(told) if complaint), Complaint())

    @property
    def activities(self) -> Activities:
        """The client's own activities, as scored last."""
        told = [p.standing.activities for p in self.prompts if not p.standing.parked]
        return next((scored for scored in reversed(told) if scored is not None), ())

    @property
    def case(self) -> Case:
        """The interview as a case, ready to be assessed."""
        return Case(
            id=self.id,
            client=self.client,
            visit=self.visit,
            complaint=self.complaint,
            answers=self.answers,
            activities=self.activities,
            earlier=self.earlier,
        )


class Summary(Record):
    """One interview in a list; ``entries`` counts its journal, ``last_at`` is the newest one."""

    id: str
    code: str | None
    visit: int
    date: str
    quick: bool
    started: str
    last_at: str
    entries: int
    finished: str | None
