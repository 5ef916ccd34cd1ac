"""The record store: interviews kept answer by answer, and their assessments, frozen."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, update

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Activity, Answer, Client, Complaint, Earlier, Treated
from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.model.text import clean, cleaned_record
from nmt_expert.model.visit import Impression
from nmt_expert.records import cipher, frozen, journal, locks, register, search
from nmt_expert.records.attempt_reviews import AttemptReviews
from nmt_expert.records.database import Database
from nmt_expert.records.dialects.postgres import OnServer
from nmt_expert.records.dialects.sqlite import InFile
from nmt_expert.records.entries import Done, Noted, Standing, Started, What
from nmt_expert.records.kept import Kept, history_of
from nmt_expert.records.place import prepare
from nmt_expert.records.register import InterviewId
from nmt_expert.records.replay import PromptHistory
from nmt_expert.records.reviews import Reviews, require_unsigned
from nmt_expert.records.schema import bring_up_to_date
from nmt_expert.records.tables import interviews
from nmt_expert.settings import ServerAddress, default_data_folder


def open_store(
    path: Path | None = None,
    *,
    wait: float = 10.0,
    secret: Callable[[], str] | None = None,
    url: ServerAddress | None = None,
) -> "Store":
    """Open the store in a data folder (the usual one when left out), or make it there.

    With a ``url`` it is the one on that server instead. ``wait`` is how many seconds a write waits
    for another program's write; ``secret`` is asked for the passphrase of an encrypted store, and
    only then.

    Raises:
        StoreProblem: folder, file or server cannot be used, or a newer program wrote the store.
    """
    folder = path or default_data_folder()
    database = Database(OnServer(url, wait) if url else _in_file(folder, wait, secret))
    try:
        bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return Store(database)


def _in_file(folder: Path, wait: float, secret: Callable[[], str] | None) -> InFile:
    file = prepare(folder)
    if not cipher.is_encrypted(file):
        return InFile(file, wait)
    if secret is None:
        raise StoreProblem(str(cipher.no_passphrase(file)))
    return InFile(file, wait, secret())


class Store(Kept):
    """An open store. Each method that writes is one transaction; times are ISO 8601 in UTC.

    Every method raises ``StoreProblem`` when the store cannot do it; nothing is then half done.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._me = locks.Holder()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def holder(self) -> locks.Holder:
        """Who holds the locks of this store, for the other modules of this room."""
        return self._me

    @property
    def reviews(self) -> Reviews:
        """What reviewers said of finished interviews."""
        return Reviews(self._database, self._me)

    @property
    def attempts(self) -> AttemptReviews:
        """Students' finished attempts, and what supervisors said of them."""
        return AttemptReviews(self._database)

    def close(self) -> None:
        """Give back every lock and let go of the file."""
        with suppress(StoreProblem), self._database.write() as connection:
            locks.release(connection, self._me)
        self._database.close()

    def start(
        self,
        client: Client,
        *,
        quick: bool,
        kb_version: str,
        kb_sha256: str,
        at: str,
        by: str | None = None,
        date: str | None = None,
        since: str | None = None,
        earlier: Sequence[Earlier] = (),
        number: int = 1,
    ) -> InterviewId:
        """Begin an interview and lock it; ``date`` is the local day, else the day of ``at``.

        Interviews of one client on one day belong to one visit. A delta visit says ``since`` which
        interview, and every visit may have ``earlier`` ones to be compared with. Its ``number`` is
        at least the one given, for visits that were not recorded here.
        """
        client = cleaned_record(client)
        with self._database.write() as connection:
            row, visit = register.visit_on(connection, client, date or at[:10], at, least=number)
            started = Started(
                client=client,
                visit=visit,
                quick=quick,
                kb_version=kb_version,
                kb_sha256=kb_sha256,
                since=since,
                earlier=tuple(cleaned_record(one) for one in earlier),
            )
            interview = register.enter(connection, row, started, at)
            locks.hold(connection, interview, self._me, at, by_force=False)
            journal.add(connection, interview, "started", started, at=at, by=by)
        return interview

    def hold(self, interview: InterviewId, at: str, *, by_force: bool = False) -> None:
        """Lock an interview to go on with it; a dead program's lock is taken over.

        ``by_force`` takes it from a living one too. Writing takes the lock by itself.
        """
        with self._database.write() as connection:
            _require_open(connection, interview)
            locks.hold(connection, interview, self._me, at, by_force=by_force)

    def release(self, interview: InterviewId) -> None:
        """Give the lock of an interview back, so that another program may go on with it."""
        with self._database.write() as connection:
            locks.release(connection, self._me, interview)

    def append(
        self,
        interview: InterviewId,
        answers: Sequence[Answer],
        *,
        prompt: str,
        at: str,
        by: str | None = None,
        why: str | None = None,
        complaint: Complaint | None = None,
        activities: Sequence[Activity] | None = None,
    ) -> int:
        """Record what was answered to one prompt, in place of what it said before.

        ``prompt`` is the id of the question instance. Returns the number of the journal entry,
        which is safe on the disk by then.
        """
        told = _standing(answers, complaint, activities)
        return self._reply(interview, prompt, "answered", lambda _: told, at=at, by=by, why=why)

    def undo(
        self, interview: InterviewId, prompt: str, why: str, at: str, by: str | None = None
    ) -> int:
        """Withdraw the last answers of a prompt: those before them hold again, or none do."""

        def before(history: PromptHistory) -> Standing | None:
            return history.before_last(prompt)

        return self._reply(interview, prompt, "withdrawn", before, at=at, by=by, why=why)

    def park(self, interview: InterviewId, prompt: str, at: str, why: str | None = None) -> int:
        """Keep the answers of a prompt, but no longer use them: its question does not apply."""
        return self._mark(interview, prompt, "parked", at, why)

    def bring_back(
        self, interview: InterviewId, prompt: str, at: str, why: str | None = None
    ) -> int:
        """Use the answers of a parked prompt again: its question applies again."""
        return self._mark(interview, prompt, "brought_back", at, why)

    def correct(
        self,
        interview: InterviewId,
        answers: Sequence[Answer],
        *,
        prompt: str,
        why: str,
        at: str,
        by: str | None = None,
        complaint: Complaint | None = None,
        activities: Sequence[Activity] | None = None,
    ) -> int:
        """Put other answers in place of those that stand; the prompt keeps its place among them."""
        told = _standing(answers, complaint, activities)
        return self._reply(interview, prompt, "corrected", lambda _: told, at=at, by=by, why=why)

    def think(
        self, interview: InterviewId, impression: Impression, at: str, by: str | None = None
    ) -> int:
        """Keep what the person thinks, before the result is shown."""
        with self._writing(interview, at) as connection:
            own = cleaned_record(impression)
            return journal.add(connection, interview, "thought", own, at=at, by=by)

    def treat(
        self, interview: InterviewId, treated: Sequence[Treated], at: str, by: str | None = None
    ) -> int:
        """Keep the whole treatment log; it may be told after the interview is finished."""
        done = cleaned_record(Done(treated=tuple(treated)))
        with self._database.write() as connection:
            register.require(connection, interview)
            require_unsigned(connection, interview)
            locks.hold(connection, interview, self._me, at, by_force=False)
            return journal.add(connection, interview, "treated", done, at=at, by=by)

    def note(self, interview: InterviewId, text: str, at: str, by: str | None = None) -> int:
        """Keep a note on the interview."""
        with self._writing(interview, at) as connection:
            noted = Noted(text=clean(text))
            return journal.add(connection, interview, "noted", noted, at=at, by=by)

    def finish(
        self, interview: InterviewId, assessment: Assessment, at: str, by: str | None = None
    ) -> None:
        """Freeze the assessment and close the interview: it takes no more answers."""
        with self._writing(interview, at) as connection:
            finished = frozen.freeze(connection, interview, assessment, at)
            journal.add(connection, interview, "finished", finished, at=at, by=by)
            row = update(interviews).where(interviews.c.id == interview)
            connection.execute(row.values(state="finished", finished=at))
            locks.release(connection, self._me, interview)
            search.refresh(connection, interview)

    @contextmanager
    def _writing(self, interview: InterviewId, at: str) -> Iterator[Connection]:
        with self._database.write() as connection:
            _require_open(connection, interview)
            locks.hold(connection, interview, self._me, at, by_force=False)
            yield connection

    def _mark(
        self, interview: InterviewId, prompt: str, what: What, at: str, why: str | None
    ) -> int:
        def marked(history: PromptHistory) -> Standing:
            now = _answered(history, interview, prompt)
            return now.model_copy(update={"parked": what == "parked"})

        return self._reply(interview, prompt, what, marked, at=at, why=why)

    def _reply(
        self,
        interview: InterviewId,
        prompt: str,
        what: What,
        told: Callable[[PromptHistory], Standing | None],
        *,
        at: str,
        by: str | None = None,
        why: str | None = None,
    ) -> int:
        """How a prompt stands from now on, beside how it stood; an answer alone may be its first.

        ``told`` follows from what was answered to it before.
        """
        with self._writing(interview, at) as connection:
            history = history_of(connection, interview, prompt)
            first = what == "answered"
            prior = history.standing(prompt) if first else _answered(history, interview, prompt)
            now = told(history)
            return journal.add(
                connection, interview, what, now, at=at, prompt=prompt, prior=prior, by=by, why=why
            )


def _standing(
    answers: Sequence[Answer],
    complaint: Complaint | None,
    activities: Sequence[Activity] | None,
) -> Standing:
    scored = None if activities is None else tuple(activities)
    standing = Standing(answers=tuple(answers), complaint=complaint, activities=scored)
    return cleaned_record(standing)


def _answered(history: PromptHistory, interview: str, prompt: str) -> Standing:
    standing = history.standing(prompt)
    if standing is None:
        fault = Fault(f"interview {interview}", f"no answer to {prompt!r} stands in it")
        raise StoreProblem(str(fault))
    return standing


def _require_open(connection: Connection, interview: str) -> None:
    if register.require(connection, interview).finished:
        fault = Fault(
            place=f"interview {interview}",
            says="it is finished, and its assessment is frozen",
            consequence="It takes no more answers.",
            remedy="Begin a new one: nmt-expert interview.",
        )
        raise StoreProblem(str(fault))
