"""Therapist, student and supervisor on a server: each may do their own work and nothing else.

Each test logs in as the role and is held to what the database lets happen, not to what the program
would ask for.
"""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from nmt_expert.model.case import Answer, Case
from nmt_expert.model.errors import StoreProblem
from nmt_expert.practice.events import Hinted
from nmt_expert.records import InterviewId, Store, care, open_store, roles
from nmt_expert.records.attempt_journal import id_of
from nmt_expert.records.practised import PracticeBook
from nmt_expert.records.tables import metadata
from nmt_expert.review.remarks import Remark
from nmt_expert.settings import ServerAddress
from tests.records.conftest import Begin, Opens, assessed
from tests.records.handed import MISSED, handed
from tests.records.server import Server

AT = "2026-11-20T10:01:00Z"
ANSWER = [Answer(finding="taut_band")]
AGREE = Remark(about="flag:sleep", verdict="agree")
REFUSED = "your login may not do that"
CLIENT_TABLES = (
    *("clients", "visits", "interviews", "journal", "assessments", "remarks", "erasures"),
    *("deletions", "findable", "locks"),
)
LOGINS = {
    "anna": "nmt_therapist",
    "sam": "nmt_student",
    "kim": "nmt_student",
    "ruth": "nmt_supervisor",
}
As = Callable[[str], Store]


@pytest.fixture(scope="module")
def people(running_server: Server) -> None:
    """The roles, as the owner sets them up, and logins in them and in none."""
    with open_store(url=ServerAddress(running_server.url())) as store:
        roles.apply(store)
    made = [f"CREATE ROLE {login} LOGIN IN ROLE {role}" for login, role in LOGINS.items()]
    running_server.run("; ".join([*made, "CREATE ROLE nobody_yet LOGIN"]))


@pytest.fixture
def owner(people: None, postgres: Server) -> Iterator[Store]:
    """The store as its owner opens it."""
    with open_store(url=ServerAddress(postgres.url())) as store:
        yield store


@pytest.fixture
def log_in(owner: Store, postgres: Server) -> Iterator[As]:
    """Open the store as one of them."""
    opened: list[Store] = []

    def as_person(login: str) -> Store:
        opened.append(open_store(url=ServerAddress(postgres.url(login))))
        return opened[-1]

    yield as_person
    for store in opened:
        store.close()


@pytest.fixture
def finished(log_in: As, begin: Begin) -> InterviewId:
    """A finished interview of a therapist."""
    anna = log_in("anna")
    interview = begin(anna)
    anna.append(interview, ANSWER, prompt="p", at=AT)
    anna.finish(interview, assessed(Case(id=interview)), AT)
    anna.close()
    return interview


def run(store: Store, sql: str) -> list[tuple[object, ...]]:
    """A statement of the login's own making; the rows that it gives."""
    with store.database.write() as connection:
        found = connection.execute(text(sql))
        return [tuple(row) for row in found] if found.returns_rows else []


def refused(store: Store, sql: str) -> None:
    with pytest.raises(StoreProblem, match=REFUSED):
        run(store, sql)


# The therapist


def test_a_therapist_keeps_finds_and_checks_records(log_in: As, finished: InterviewId) -> None:
    anna = log_in("anna")
    assert anna.state(finished).answers == tuple(ANSWER)
    assert [one.id for one in care.find(anna, ["taut"])] == [finished]
    assert anna.verify() == ()


def test_a_therapist_cannot_alter_what_is_written(log_in: As, finished: InterviewId) -> None:
    anna = log_in("anna")
    for sql in (
        "UPDATE journal SET content = '{}'",
        "DELETE FROM journal",
        "TRUNCATE journal CASCADE",
        "UPDATE assessments SET packed = ''",
        "DELETE FROM assessments",
        "DELETE FROM interviews",
        "UPDATE interviews SET kb_sha256 = 'other'",
        "DELETE FROM clients",
        "INSERT INTO erasures (interview_id, n) SELECT id, 2 FROM interviews",
        "INSERT INTO deletions (interview_id, at, why, entries, last_hash) "
        "VALUES ('x', 'x', 'x', 1, 'x')",
        "ALTER TABLE journal DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
    ):
        refused(anna, sql)


def test_a_therapist_strikes_nothing_out_and_deletes_nothing(
    log_in: As, owner: Store, finished: InterviewId
) -> None:
    anna = log_in("anna")
    with pytest.raises(StoreProblem, match=REFUSED):
        care.redact(anna, finished, why="asked", at=AT)
    with pytest.raises(StoreProblem, match=REFUSED):
        care.delete(anna, interview=finished, why="asked", at=AT)
    anna.close()
    care.redact(owner, finished, why="asked", at=AT)
    assert owner.verify() == ()


def test_a_therapist_does_not_review(log_in: As, finished: InterviewId) -> None:
    anna = log_in("anna")
    with pytest.raises(StoreProblem, match=REFUSED):
        anna.reviews.remark(finished, AGREE, at=AT, by="Anna")
    with pytest.raises(StoreProblem, match=REFUSED):
        anna.reviews.sign(finished, name="Anna", qualification="none", at=AT)


def test_a_therapist_sees_no_students_work(log_in: As, owner: Store) -> None:
    PracticeBook(log_in("sam").database, "sam").begin("stiff-back", "ab12", AT)
    assert run(log_in("anna"), "SELECT * FROM attempts") == []
    assert len(run(owner, "SELECT * FROM attempts")) == 1


# The student


def test_a_student_sees_no_client_record(log_in: As, finished: InterviewId) -> None:
    sam = log_in("sam")
    for table in CLIENT_TABLES:
        refused(sam, f"SELECT * FROM {table}")
    with pytest.raises(StoreProblem, match=REFUSED):
        sam.interviews()


def test_a_student_keeps_and_sees_their_own_attempts_only(log_in: As) -> None:
    sam, kim = log_in("sam"), log_in("kim")
    mine = PracticeBook(sam.database, "sam")
    attempt = mine.begin("stiff-back", "ab12", AT)
    mine.keep(attempt, 1, Hinted(level=1, about="right_now#list", minutes=1), AT)
    mine.finish(attempt, handed("unsafe", MISSED), AT)
    assert [one.verdict for one in mine.attempts()] == ["unsafe"]
    for table in ("attempts", "attempt_events", "attempt_results", "attempt_journal", "lessons"):
        assert len(run(sam, f"SELECT * FROM {table}")) == 1, table
        assert run(kim, f"SELECT * FROM {table}") == [], table


def test_a_student_keeps_nothing_under_another_name(log_in: As) -> None:
    with pytest.raises(StoreProblem, match=REFUSED):
        PracticeBook(log_in("kim").database, "sam").begin("stiff-back", "ab12", AT)


def test_a_student_adds_nothing_to_anothers_attempt(log_in: As) -> None:
    attempt = PracticeBook(log_in("sam").database, "sam").begin("stiff-back", "ab12", AT)
    told = f"INSERT INTO attempt_events (attempt_id, n, at, content) VALUES ({attempt}, 1, '', '')"
    refused(log_in("kim"), told)


def test_what_a_student_handed_in_is_out_of_their_hands(log_in: As) -> None:
    sam = log_in("sam")
    mine = PracticeBook(sam.database, "sam")
    attempt = mine.begin("stiff-back", "ab12", AT)
    mine.finish(attempt, handed("unsafe", MISSED), AT)
    run(sam, "UPDATE attempts SET verdict = 'safe'")
    assert [one.verdict for one in mine.attempts()] == ["unsafe"]
    refused(sam, "DELETE FROM attempts")
    refused(sam, "UPDATE attempt_results SET packed = ''")
    refused(sam, "UPDATE lessons SET outcome = 'used'")
    told = f"INSERT INTO attempt_events (attempt_id, n, at, content) VALUES ({attempt}, 2, '', '')"
    refused(sam, told)
    column, value = "attempt_id, n, at, what, content, salt, digest, previous, hash", "'', " * 5
    signed = f"INSERT INTO attempt_journal ({column}) VALUES ({attempt}, 2, '', 'signed', "
    refused(sam, f"{signed}{value[:-2]})")


# The supervisor


def test_a_supervisor_reads_everything(log_in: As, finished: InterviewId) -> None:
    mine = PracticeBook(log_in("sam").database, "sam")
    attempt = mine.begin("stiff-back", "ab12", AT)
    mine.finish(attempt, handed("unsafe", MISSED), AT)
    ruth = log_in("ruth")
    assert ruth.state(finished).answers == tuple(ANSWER)
    assert ruth.assessment(finished).case.id == finished
    assert ruth.attempts.names() == (id_of(attempt),)
    assert ruth.attempts.students() == ("sam",)
    assert ruth.verify() == ()


def test_a_supervisor_reviews_interviews_and_attempts(log_in: As, finished: InterviewId) -> None:
    mine = PracticeBook(log_in("sam").database, "sam")
    attempt = mine.begin("stiff-back", "ab12", AT)
    mine.finish(attempt, handed("unsafe", MISSED), AT)
    ruth = log_in("ruth")
    ruth.reviews.remark(finished, AGREE, at=AT, by="Ruth")
    ruth.reviews.sign(finished, name="Ruth", qualification="tutor", at=AT)
    ruth.attempts.remark(id_of(attempt), AGREE, at=AT, by="Ruth")
    ruth.attempts.sign(id_of(attempt), name="Ruth", qualification="tutor", at=AT)
    assert ruth.reviews.one(finished).is_locked
    assert ruth.attempts.one(id_of(attempt)).is_locked
    assert ruth.verify() == ()


def test_a_supervisor_writes_no_record(log_in: As, finished: InterviewId, begin: Begin) -> None:
    ruth = log_in("ruth")
    with pytest.raises(StoreProblem, match=REFUSED):
        begin(ruth)
    with pytest.raises(StoreProblem, match=REFUSED):
        ruth.treat(finished, [], AT)
    for table in ("journal", "assessments", "attempts", "attempt_journal"):
        refused(ruth, f"DELETE FROM {table}")
    refused(ruth, "UPDATE interviews SET finished = NULL, state = 'open'")
    refused(ruth, "UPDATE attempts SET verdict = 'safe'")


# All of them


@pytest.mark.parametrize("login", ["anna", "sam", "ruth"])
def test_nobody_but_the_owner_changes_the_tables(log_in: As, login: str) -> None:
    store = log_in(login)
    for sql in ("CREATE TABLE more (a int)", "DROP TABLE journal CASCADE"):
        refused(store, sql)


def test_a_login_without_a_role_sees_nothing(log_in: As) -> None:
    with pytest.raises(StoreProblem, match=REFUSED):
        log_in("nobody_yet")


def test_the_script_may_be_run_again_and_no_table_is_forgotten(owner: Store) -> None:
    roles.apply(owner)
    granted = {
        str(table)
        for (table,) in run(
            owner,
            "SELECT table_name FROM information_schema.role_table_grants "
            "WHERE grantee LIKE 'nmt\\_%'",
        )
    }
    assert set(metadata.tables) - granted == {"remarks"}  # reserved, and empty


def test_a_store_in_a_file_has_no_roles(folder, opens: Opens) -> None:
    with opens() as store, pytest.raises(StoreProblem, match="no roles"):
        roles.apply(store)
