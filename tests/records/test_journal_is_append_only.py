"""The journal cannot be changed, and where somebody did it anyway it shows."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Answer, Case
from nmt_expert.model.errors import StoreProblem
from nmt_expert.records import InterviewId, Store, open_store
from nmt_expert.records.frozen import pack

AT = "2026-11-20T10:01:00Z"
Tamper = Callable[[str], None]


@pytest.fixture
def record(folder: Path, begin, assess: Callable[[Case], Assessment]) -> tuple[Path, InterviewId]:
    """A finished interview of five entries; the path of its store."""
    with open_store(folder) as store:
        interview = begin(store)
        for n in range(3):
            store.append(interview, [Answer(finding=f"f{n}")], prompt=f"p{n}", at=AT)
        store.finish(interview, assess(Case()), AT)
        return store.file, interview


@pytest.fixture
def tamper(record: tuple[Path, InterviewId]) -> Iterator[Tamper]:
    """Change the file behind the program's back, the guards taken away first."""
    with closing(sqlite3.connect(record[0])) as connection:

        def change(sql: str) -> None:
            for table in ("journal", "assessments"):
                for kind in ("update", "delete"):
                    connection.execute(f"DROP TRIGGER IF EXISTS {table}_no_{kind}")
            connection.execute(sql)
            connection.commit()

        yield change


@pytest.mark.parametrize("table", ["journal", "assessments"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET at = 'x'", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_or_delete_an_entry(
    record: tuple[Path, InterviewId], table: str, sql: str
) -> None:
    with (
        closing(sqlite3.connect(record[0])) as connection,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        connection.execute(sql.format(table))


def test_an_untouched_store_has_no_breaks(folder: Path, record) -> None:
    with open_store(folder) as store:
        assert store.verify() == ()


@pytest.mark.parametrize(
    ("sql", "n", "says"),
    [
        ("UPDATE journal SET content = replace(content, 'f1', 'f9') WHERE n = 3", 3, "was said"),
        ("UPDATE journal SET by = 'somebody' WHERE n = 3", 3, "by whom"),
        ("UPDATE journal SET at = '2020-01-01T00:00:00Z' WHERE n = 2", 2, "its time"),
        ("UPDATE journal SET prompt = 'p9' WHERE n = 4", 4, "prompt"),
        ("DELETE FROM journal WHERE n = 3", 4, "entry 3 is missing"),
        ("DELETE FROM journal WHERE n = 5", None, "the last of 5 entries"),
        ("UPDATE assessments SET packed = x'00'", None, "the assessment is not the one"),
        ("DELETE FROM assessments", None, "the assessment is not the one"),
    ],
)
def test_a_record_altered_behind_the_program_is_found(
    folder: Path, tamper: Tamper, sql: str, n: int | None, says: str
) -> None:
    tamper(sql)
    with open_store(folder) as store:
        assert any(one.n == n and says in one.says for one in store.verify())


def test_an_altered_assessment_is_not_shown_as_if_it_were_the_old_one(
    folder: Path, record: tuple[Path, InterviewId], tamper: Tamper
) -> None:
    with open_store(folder) as store:
        text = store.assessment(record[1]).model_dump_json(by_alias=True)
    other = pack(text.replace("2026.1", "2026.2"))
    tamper(f"UPDATE assessments SET packed = x'{other.hex()}'")
    with open_store(folder) as store, pytest.raises(StoreProblem, match="altered or damaged"):
        store.assessment(record[1])


def test_an_entry_that_cannot_be_read_gets_a_sentence_without_its_content(
    folder: Path, record: tuple[Path, InterviewId], tamper: Tamper
) -> None:
    tamper("UPDATE journal SET what = 'secret words' WHERE n = 2")
    with open_store(folder) as store, pytest.raises(StoreProblem, match="entry 2") as caught:
        store.state(record[1])
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_what_was_said_cannot_be_guessed_from_its_digest(store: Store, interview) -> None:
    same = [Answer(finding="life_not_worth_living", value="absent")]
    for prompt in ("a", "b"):
        store.append(interview, same, prompt=prompt, at=AT)
    with closing(sqlite3.connect(store.file)) as connection:
        digests = connection.execute("SELECT digest FROM journal WHERE n > 1").fetchall()
    assert len(set(digests)) == 2
