import json
import time

import pytest

from nmt_expert.kb import read_case, read_case_text
from nmt_expert.model.errors import InputInvalid, UnknownFinding

CASE = """
schema: nmt.case/1
id: desk-worker
client: {code: C-001, age: 38}
complaint: {text: Ache, sites: [{site: Side of the head, side: right}]}
answers:
  - {finding: ropy band, site: upper traps, side: both, sure: fairly}
  - {finding: Tight Chest, value: absent}
  - {finding: age, value: adult}
"""


def text_of(*answers: str) -> str:
    return "schema: nmt.case/1\nanswers:\n" + "".join(f"  - {one}\n" for one in answers)


def test_names_become_the_ids_of_the_knowledge_base(tiny):
    case = read_case_text(CASE, "case.yml", tiny)
    assert [(one.finding, one.site) for one in case.answers] == [
        ("taut_band", "upper_trapezius"),
        ("chest_pressure", None),
        ("age", None),
    ]
    assert case.complaint.sites[0].site == "temple"


def test_a_number_and_its_own_band_are_no_contradiction(tiny):
    assert read_case_text(CASE, "case.yml", tiny).client.age == 38


def test_json_reads_like_yaml(tiny):
    case = read_case_text(CASE, "case.yml", tiny)
    written = case.model_dump_json(by_alias=True, exclude_none=True)
    assert read_case_text(written, "case.json", tiny) == case


def test_json_with_joined_escapes_reads_too(tiny):
    written = '{"schema": "nmt.case\\/1", "id": "a", "client": {"occupation": "\\ud83d\\ude00"}}'
    assert read_case_text(written, "-", tiny).client.occupation == "\U0001f600"


def test_a_file_reads_like_its_text(tiny, tmp_path):
    path = tmp_path / "case.yml"
    path.write_text(CASE)
    assert read_case(path, tiny) == read_case_text(CASE, "case.yml", tiny)


def test_what_steers_a_terminal_or_hides_is_taken_out(tiny):
    said = "\x1b[31mred\x1b[0m \u202eabc\u202c [bold]x[/b] :smile: zero\u200bwidth\nnext"
    note = json.dumps(said)
    case = read_case_text(text_of(f"{{finding: chest_pressure, note: {note}}}"), "c.yml", tiny)
    assert case.answers[0].note == "[31mred[0m abc [bold]x[/b] :smile: zerowidth\nnext"


def test_all_faults_are_told_at_once_in_file_order(tiny):
    text = text_of(
        "{finding: taut_bnd, site: rhomboids, side: left}",
        "{finding: pain, site: temple}",
        "{finding: age, value: 140}",
        "{finding: age, valu: 40}",
    )
    with pytest.raises(UnknownFinding) as caught:
        read_case_text(text, "case.yml", tiny)
    places = [fault.place for fault in caught.value.faults]
    assert places == ["case.yml:3:15", "case.yml:4:5", "case.yml:5:27", "case.yml:6:20"]


def test_a_case_without_unknown_findings_is_not_blamed_for_one(tiny):
    with pytest.raises(InputInvalid) as caught:
        read_case_text(text_of("{finding: age, value: 140}"), "case.yml", tiny)
    assert type(caught.value) is InputInvalid


@pytest.mark.parametrize("value", ["unknown", "not_examined", "not_applicable", "later"])
def test_the_four_non_answers_are_answers(value, tiny):
    text = text_of(f"{{finding: chest_pressure, value: {value}}}")
    assert read_case_text(text, "case.yml", tiny).answers[0].value == value


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        "a: &a [1]\nb: *a",
        '{"schema": 1e999}',
        "1" * 5000,
        "{",
        "",
    ],
)
def test_hostile_text_gets_a_sentence(text, tiny):
    started = time.perf_counter()
    for name in ("case.json", "case.yml"):
        with pytest.raises(InputInvalid) as caught:
            read_case_text(text, name, tiny)
        assert all(len(str(fault)) < 300 for fault in caught.value.faults)
    assert time.perf_counter() - started < 1


def test_a_thousand_unknown_names_are_refused_in_a_moment(tiny):
    started = time.perf_counter()
    text = text_of(*(f"{{finding: made_up_{n}}}" for n in range(1000)))
    with pytest.raises(UnknownFinding) as caught:
        read_case_text(text, "case.yml", tiny)
    assert len(caught.value.faults) == 1000
    assert time.perf_counter() - started < 2


def test_broken_json_is_told_as_json(tiny):
    with pytest.raises(InputInvalid, match=r"a.json:1:16: not readable as JSON"):
        read_case_text('{"schema": "x" "y"}', "a.json", tiny)
