"""What an open store tells of its interviews; nothing here changes one."""

from pathlib import Path

from sqlalchemy import Connection

from nmt_expert.model.assessment import Assessment
from nmt_expert.records import checks, frozen, journal, register
from nmt_expert.records.chain import Break
from nmt_expert.records.database import Database
from nmt_expert.records.entries import Entry
from nmt_expert.records.register import InterviewId
from nmt_expert.records.replay import PromptHistory, replay
from nmt_expert.records.views import StoredInterview, Summary


class Kept:
    """The interviews of a store, to be read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def file(self) -> Path:
        """The file in which the records lie; refused when they lie on a server."""
        return self._database.file

    @property
    def database(self) -> Database:
        """The open database, for the other modules of this room."""
        return self._database

    def stands(self, interview: InterviewId, prompt: str) -> bool:
        """Whether a prompt has an answer that was not withdrawn."""
        with self._database.read() as connection:
            return history_of(connection, interview, prompt).standing(prompt) is not None

    def state(self, interview: InterviewId) -> StoredInterview:
        """The interview as its journal leaves it."""
        with self._database.read() as connection:
            register.require(connection, interview)
            return replay(journal.entries_of(connection, interview))

    def journal(self, interview: InterviewId) -> tuple[Entry, ...]:
        """Everything that was ever recorded of an interview, oldest first."""
        with self._database.read() as connection:
            register.require(connection, interview)
            return journal.entries_of(connection, interview)

    def assessment(self, interview: InterviewId) -> Assessment:
        """The frozen assessment of a finished interview, as it was on that day."""
        with self._database.read() as connection:
            register.require(connection, interview)
            return frozen.thaw(connection, interview)

    def interviews(self, code: str | None = None) -> tuple[Summary, ...]:
        """All interviews, or one client's, newest first."""
        with self._database.read() as connection:
            return register.summaries(connection, code)

    def unfinished(self, code: str | None = None) -> tuple[Summary, ...]:
        """Interviews that can be resumed, newest first."""
        with self._database.read() as connection:
            return register.summaries(connection, code, "open")

    def latest(self, code: str | None = None) -> Summary | None:
        """The newest finished interview, of one client or of all."""
        with self._database.read() as connection:
            return next(iter(register.summaries(connection, code, "finished")), None)

    def past(self, code: str, before: str) -> tuple[StoredInterview, ...]:
        """A client's finished interviews of the days before a date (ISO), oldest first."""
        with self._database.read() as connection:
            kept = register.summaries(connection, code, "finished")
            return tuple(
                replay(journal.entries_of(connection, one.id))
                for one in reversed(kept)
                if one.date < before
            )

    def verify(self) -> tuple[Break, ...]:
        """Every place where a record is not what was written; empty when all is well."""
        with self._database.read() as connection:
            return checks.breaks(connection)


def history_of(connection: Connection, interview: str, prompt: str) -> PromptHistory:
    """What was answered to one prompt of an interview, over time."""
    return PromptHistory(journal.entries_of(connection, interview, prompt))
