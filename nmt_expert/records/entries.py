"""What one journal row says: a start, answers, an undo, a note, a view, an end, a redaction."""

from typing import Any, Literal

from nmt_expert.model.base import Record
from nmt_expert.model.case import (
    Activities,
    Answer,
    Client,
    Complaint,
    Earlier,
    Treated,
    Visit,
)

What = Literal[
    "started",
    "answered",
    "corrected",
    "withdrawn",
    "parked",
    "brought_back",
    "noted",
    "thought",
    "finished",
    "treated",
    "redacted",
    "imported",
    "remarked",
    "signed",
    "amended",
]


class Started(Record):
    """The first entry: who came, on which visit, and which knowledge asks the questions.

    A delta visit says ``since`` which interview; ``earlier`` is what it is compared with.
    """

    client: Client
    visit: Visit
    quick: bool
    kb_version: str
    kb_sha256: str
    since: str | None = None
    earlier: tuple[Earlier, ...] = ()


class Standing(Record):
    """How one prompt stands: its answers, the complaint if it asked for it, whether it is used.

    ``activities`` is not None where the client's own activities were asked for.
    """

    answers: tuple[Answer, ...] = ()
    complaint: Complaint | None = None
    activities: Activities | None = None
    parked: bool = False


class Noted(Record):
    """A note on the interview as a whole."""

    text: str


class Done(Record):
    """The whole treatment log as it stands now; a later one takes the place of this one."""

    treated: tuple[Treated, ...]


class Finished(Record):
    """The end of the asking: the fingerprint of the assessment that was frozen."""

    assessment_sha256: str


class Struck(Record):
    """What is left of an entry whose words were struck out; its own row is empty from then on."""

    n: int
    by: str | None = None
    content: dict[str, Any] | None = None
    prior: dict[str, Any] | None = None
    why: str | None = None


class Redacted(Record):
    """Words struck out, for good: what is left of each entry, and of the assessment.

    ``assessment_sha256`` is the fingerprint of the assessment without the words; None without one.
    """

    entries: tuple[Struck, ...]
    assessment_sha256: str | None = None


class Imported(Record):
    """This came from elsewhere: a ``case`` file of that id, or an interview of another store.

    Of an interview its id and newest hash there are kept; of every file its sha256.
    """

    file_sha256: str
    case: str | None = None
    interview: str | None = None
    last_hash: str | None = None


class Entry(Record):
    """One journal row. ``content`` is what holds from now on, ``prior`` what held before.

    Times are ISO 8601 in UTC; ``n`` counts from 1 within the interview.
    """

    interview: str
    n: int
    at: str
    by: str | None
    what: What
    prompt: str | None
    content: dict[str, Any] | None
    prior: dict[str, Any] | None
    why: str | None
