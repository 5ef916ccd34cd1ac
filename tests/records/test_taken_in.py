"""Case files and whole records come into a store: all of a file or nothing, each only once."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Answer, Case, Client, Complaint, Visit
from nmt_expert.model.errors import InputInvalid, StoreProblem
from nmt_expert.records import InterviewId, Store, care, intake, open_store, portable
from nmt_expert.records.portable import PortableRecords

AT = "2026-11-20T10:01:00Z"
LATER = "2026-12-01T09:00:00Z"
CASE = Case(
    id="from-a-file",
    client=Client(code="C-009", age=50),
    visit=Visit(number=3, date="2026-11-10"),
    complaint=Complaint(text="Neck"),
    answers=(Answer(finding="taut_band", site="neck"),),
)


@pytest.fixture
def records(store: Store, begin, assess: Callable[[Case], Assessment]) -> PortableRecords:
    """Two interviews of a client, one finished and one open."""
    first = begin(store)
    store.append(first, [Answer(finding="taut_band", note="rope-like")], prompt="p", at=AT)
    store.finish(first, assess(store.state(first).case), AT)
    store.note(begin(store, at="2026-11-27T10:00:00Z"), "second visit", "2026-11-27T10:01:00Z")
    return portable.of_store(store, "C-001")


@pytest.fixture
def text(records: PortableRecords) -> str:
    return records.model_dump_json(by_alias=True)


def take(store: Store, text: str) -> intake.TakenIn:
    read = portable.read(text, "file.json")
    return intake.take_records(store, read, name="file.json", file_sha256="ab", at=LATER)


def test_a_case_becomes_a_finished_interview_of_its_date(store: Store, assess) -> None:
    (new,) = intake.take_case(store, CASE, assess(CASE), file_sha256="ab", at=LATER).new
    kept = store.state(new)
    assert (new, kept.visit, kept.finished) == ("2026-11-10-1", CASE.visit, LATER)
    assert (kept.answers, kept.complaint) == (CASE.answers, CASE.complaint)
    assert store.assessment(new).case == CASE.model_copy(update={"id": new})
    assert [entry.what for entry in store.journal(new)] == [
        "started",
        "imported",
        "answered",
        "finished",
    ]


def test_the_list_goes_by_the_day_of_the_visit_and_not_of_the_import(
    store: Store, begin, assess
) -> None:
    today = begin(store)
    (older,) = intake.take_case(store, CASE, assess(CASE), file_sha256="ab", at=LATER).new
    assert [one.id for one in store.interviews()] == [today, older]


@pytest.mark.in_a_file
def test_the_name_of_a_case_file_can_be_redacted_like_everything_typed(
    store: Store, assess
) -> None:
    (new,) = intake.take_case(store, CASE, assess(CASE), file_sha256="ab", at=LATER).new
    care.redact(store, new, why="asked", at=LATER)
    assert CASE.id.encode() not in store.file.read_bytes()
    assert store.verify() == ()


def test_the_same_file_is_taken_only_once(store: Store, assess, tmp_path: Path, text: str) -> None:
    first = intake.take_case(store, CASE, assess(CASE), file_sha256="ab", at=LATER)
    again = intake.take_case(store, CASE, assess(CASE), file_sha256="ab", at=LATER)
    assert (again.new, again.known) == ((), first.new)
    assert take(store, text).new == ()
    with open_store(tmp_path / "other") as other:
        assert len(take(other, text).new) == 2
        assert take(other, text).new == ()


def test_whole_records_keep_every_entry_and_its_chain(
    store: Store, tmp_path: Path, text: str
) -> None:
    with open_store(tmp_path / "other") as other:
        for one in take(other, text).new:
            assert other.journal(one)[:-1] == store.journal(one)
            assert other.journal(one)[-1].what == "imported"
        assert other.verify() == ()
        assert other.assessment(InterviewId("2026-11-20-1")) == store.assessment(
            InterviewId("2026-11-20-1")
        )


def test_an_id_that_is_taken_here_is_changed_and_the_chain_still_holds(
    text: str, tmp_path: Path, begin
) -> None:
    with open_store(tmp_path / "other") as other:
        begin(other, code="C-777")
        new = take(other, text).new
        assert set(new) == {"2026-11-20-2", "2026-11-27-1"}
        assert other.verify() == ()
        source = other.journal(InterviewId("2026-11-20-2"))[-1].content
        assert source is not None
        assert source["interview"] == "2026-11-20-1"
        assert care.find(other, ["rope"])[0].id == "2026-11-20-2"


def test_an_interview_that_was_not_finished_goes_on_in_the_other_store(
    text: str, tmp_path: Path
) -> None:
    with open_store(tmp_path / "other") as other:
        take(other, text)
        (left,) = other.unfinished()
        other.note(InterviewId(left.id), "went on here", LATER)
        assert other.verify() == ()


def test_redacted_records_travel_redacted_and_whole(
    store: Store, text: str, tmp_path: Path
) -> None:
    care.redact(store, "2026-11-20-1", why="asked", at=LATER)
    redacted = portable.of_store(store, "C-001").model_dump_json(by_alias=True)
    assert "rope-like" not in redacted
    with open_store(tmp_path / "other") as other:
        take(other, redacted)
        assert other.verify() == ()
        assert other.state(InterviewId("2026-11-20-1")).answers[0].finding == "taut_band"


def changed(text: str, change: Callable[[dict[str, Any]], object]) -> str:
    data = json.loads(text)
    change(data)
    return json.dumps(data)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d["interviews"][0]["journal"][1].update(content="{}"), "was said"),
        (lambda d: d["interviews"][0]["journal"].pop(1), "is missing"),
        (lambda d: d["interviews"][0].update(assessment=None), "the assessment is not the one"),
        (lambda d: d["interviews"][1]["journal"][0].update(what="cooked"), "what: "),
        (lambda d: d["interviews"][1].update(name="Jane"), "extra inputs"),
        (lambda d: d["interviews"][1].update(code="a\u202eb"), "steer a terminal or hide"),
        (lambda d: d.update(schema="nmt.records/2"), "schema"),
    ],
)
def test_a_file_with_one_fault_is_left_out_as_a_whole(
    text: str, tmp_path: Path, change: Callable[[dict[str, Any]], object], says: str
) -> None:
    with open_store(tmp_path / "other") as other:
        with pytest.raises(InputInvalid, match=says):
            take(other, changed(text, change))
        assert other.interviews() == ()


def test_half_a_file_is_refused(text: str, tmp_path: Path) -> None:
    with open_store(tmp_path / "other") as other, pytest.raises(InputInvalid, match="whole JSON"):
        take(other, text[: len(text) // 2])


def test_a_file_whose_second_interview_cannot_be_written_leaves_nothing(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter, calls = intake._enter, []

    def failing(*given: Any) -> InterviewId:
        calls.append(given)
        if len(calls) == 2:
            raise StoreProblem("the disk is full")
        return enter(*given)

    monkeypatch.setattr(intake, "_enter", failing)
    with open_store(tmp_path / "other") as other:
        with pytest.raises(StoreProblem, match="the disk is full"):
            take(other, text)
        assert other.interviews() == ()
