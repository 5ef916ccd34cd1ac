"""The journal cannot be changed, and where somebody did it anyway it shows."""

from collections.abc import Callable

import pytest

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Answer, Case
from nmt_expert.model.errors import StoreProblem
from nmt_expert.records import InterviewId
from nmt_expert.records.frozen import pack
from tests.records.conftest import Opens

AT = "2026-11-20T10:01:00Z"


@pytest.fixture
def record(opens: Opens, begin, assess: Callable[[Case], Assessment]) -> InterviewId:
    """A finished interview of five entries."""
    with opens() as store:
        interview = begin(store)
        for n in range(3):
            store.append(interview, [Answer(finding=f"f{n}")], prompt=f"p{n}", at=AT)
        store.finish(interview, assess(Case()), AT)
        return interview


@pytest.mark.parametrize("table", ["journal", "assessments"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET at = 'x'", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_or_delete_an_entry(
    opens: Opens, record: InterviewId, table: str, sql: str
) -> None:
    with (
        opens() as store,
        pytest.raises(StoreProblem, match="append-only"),
        store.database.write() as connection,
    ):
        connection.exec_driver_sql(sql.format(table))


def test_an_untouched_store_has_no_breaks(opens: Opens, record) -> None:
    with opens() as store:
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
        ("UPDATE assessments SET packed = substr(packed, 1, 9)", None, "is not the one that was"),
        ("DELETE FROM assessments", None, "the assessment is not the one"),
    ],
)
def test_a_record_altered_behind_the_program_is_found(
    opens: Opens, record, sql: str, n: int | None, says: str
) -> None:
    opens.tamper(sql)
    with opens() as store:
        assert any(one.n == n and says in one.says for one in store.verify())


def test_an_altered_assessment_is_not_shown_as_if_it_were_the_old_one(
    opens: Opens, record: InterviewId
) -> None:
    with opens() as store:
        text = store.assessment(record).model_dump_json(by_alias=True)
    other = pack(text.replace("2026.1", "2026.2"))
    opens.tamper("UPDATE assessments SET packed = :other", other=other)
    with opens() as store, pytest.raises(StoreProblem, match="altered or damaged"):
        store.assessment(record)


def test_an_entry_that_cannot_be_read_gets_a_sentence_without_its_content(
    opens: Opens, record: InterviewId
) -> None:
    opens.tamper("UPDATE journal SET what = 'secret words' WHERE n = 2")
    with opens() as store, pytest.raises(StoreProblem, match="entry 2") as caught:
        store.state(record)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_what_was_said_cannot_be_guessed_from_its_digest(opens: Opens, begin) -> None:
    same = [Answer(finding="life_not_worth_living", value="absent")]
    with opens() as store:
        interview = begin(store)
        for prompt in ("a", "b"):
            store.append(interview, same, prompt=prompt, at=AT)
    assert len(set(opens.ask("SELECT digest FROM journal WHERE n > 1"))) == 2
