"""A line for every case, in the order the cases came, whatever is wrong with some of them."""

import json
import stat
import sys
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from nmt_expert.bulk import worker
from nmt_expert.cli.app import run
from nmt_expert.kb.document import MAX_BYTES
from tests.bulk.conftest import FELT, lines_of, small_case

RESULTS = Path("results.jsonl")


def ids(path: Path) -> list[str]:
    return [line["assessment"]["case"]["id"] for line in lines_of(path)]


def test_two_processes_give_the_bytes_of_one(batch):
    names = [f"client-{n}" for n in range(45)]
    many = small_case("long", answers=[FELT | {"note": "x" * 900}] * 300)
    Path("cases.jsonl").write_text(many + "".join(map(small_case, names)))
    assert batch("cases.jsonl", "-o", "one.jsonl", "--jobs", "1") == 0
    assert batch("cases.jsonl", "-o", "two.jsonl", "--jobs", "2") == 0
    assert ids(Path("two.jsonl")) == ["long", *names]
    assert Path("one.jsonl").read_bytes() == Path("two.jsonl").read_bytes()


def test_a_line_holds_what_assess_says_and_where_the_case_came_from(batch, capsys):
    Path("ache.yml").write_text(small_case("ache"))
    assert batch("ache.yml", "-o", "results.jsonl") == 0
    assert run(["assess", "ache.yml", "--json"]) == 0
    sys.stdout.flush()
    (line,) = lines_of(RESULTS)
    assert line["assessment"] == json.loads(capsys.readouterr().out)
    assert (line["schema"], line["n"], line["place"]) == ("nmt.batch/1", 1, "ache.yml")


def test_a_folder_is_read_by_name_with_the_folders_in_it(batch):
    for name in ("b/late.yml", "b/early.json", "a/lines.jsonl", "c.yaml", "notes.txt", ".c.yml"):
        Path("cases", name).parent.mkdir(parents=True, exist_ok=True)
        Path("cases", name).write_text(small_case(name))
    out = "cases/results.jsonl"
    assert batch("cases", "-o", out) == 0
    assert ids(Path(out)) == ["a/lines.jsonl", "b/early.json", "b/late.yml", "c.yaml"]


def test_standard_input_holds_a_case_a_line(batch, monkeypatch, capsysbinary):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(small_case("in").encode())))
    assert batch("-") == 0
    (line,) = capsysbinary.readouterr().out.splitlines()
    assert json.loads(line)["place"] == "standard input:1"


def test_a_case_that_cannot_be_used_gets_a_line_that_says_why_and_stops_no_other(batch, capsys):
    bad = small_case("bad", answers=[{"finding": "taut_bnd", "note": "Zuleika said so"}])
    content = small_case("first").encode() + b"\n" + bad.encode() + b"\xff{\n"
    content += b"x" * (MAX_BYTES * 2) + b"\n" + small_case("last").encode()
    Path("cases.jsonl").write_bytes(content)
    assert batch("cases.jsonl", "nowhere.yml", "-o", "results.jsonl") == 4
    first, *refused, last, nowhere = lines_of(RESULTS)
    assert first["assessment"]["case"]["id"] == "first"
    assert last["assessment"]["case"]["id"] == "last"
    places = [one["place"] for one in (first, *refused, last, nowhere)]
    assert places == [*(f"cases.jsonl:{n}" for n in (1, 3, 4, 5, 6)), "nowhere.yml"]
    (fault,) = refused[0]["faults"]
    column = bad.index('"taut_bnd"') + 1
    assert fault == {
        "place": f"cases.jsonl:3:{column}",
        "fault": "unknown finding 'taut_bnd'",
        "consequence": "The case was not assessed.",
        "remedy": "Did you mean 'taut_band'? Findings: nmt-expert kb findings taut",
    }
    assert refused[1]["faults"][0]["fault"] == "not UTF-8 text"
    assert refused[2]["faults"][0]["fault"] == "larger than 2 MB"
    assert nowhere["faults"][0]["fault"] == "cannot be read: no such file or directory"
    told = capsys.readouterr().err
    assert told == "2 cases assessed, 4 refused; their lines say why (results.jsonl).\n"
    assert "Zuleika" not in json.dumps([*refused, nowhere])


def test_a_fault_of_the_program_is_told_without_its_message_and_stops_no_other(batch, monkeypatch):
    sound = worker.assess

    def breaks(case, *rest):
        if case.id == "odd":
            raise ValueError(case.complaint.text)
        return sound(case, *rest)

    monkeypatch.setattr(worker, "assess", breaks)
    Path("cases.jsonl").write_text(small_case("odd") + small_case("even"))
    assert batch("cases.jsonl", "-o", "results.jsonl", "--jobs", "1") == 4
    odd, even = lines_of(RESULTS)
    assert odd["faults"][0]["fault"].startswith("a fault of the program (ValueError at test_lines")
    assert "Zuleika" not in json.dumps(odd)
    assert even["assessment"]["case"]["id"] == "even"


def test_results_are_for_this_user_alone_and_are_not_written_over_unasked(batch, capsys):
    Path("ache.yml").write_text(small_case("ache"))
    RESULTS.write_text("kept")
    RESULTS.chmod(0o644)
    assert batch("ache.yml", "-o", "results.jsonl") == 1
    assert "it is there already" in capsys.readouterr().err
    assert RESULTS.read_text() == "kept"
    assert batch("ache.yml", "-o", "results.jsonl", "--force") == 0
    assert ids(RESULTS) == ["ache"]
    assert stat.S_IMODE(RESULTS.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "words",
    [("--resume",), ("--force",), ("-o", "a.jsonl", "--resume", "--force")],
    ids=" ".join,
)
def test_options_that_do_not_go_together_are_told(batch, words):
    Path("ache.yml").write_text(small_case("ache"))
    assert batch("ache.yml", *words) == 2
    assert not Path("a.jsonl").exists()


def test_the_output_is_no_input(batch, capsys):
    RESULTS.write_text(small_case("ache"))
    assert batch("results.jsonl", "-o", "results.jsonl", "--force") == 1
    assert "it is the input and the output" in capsys.readouterr().err
    assert RESULTS.read_text() == small_case("ache")


def test_where_no_case_is_nothing_is_called_done(batch, capsys):
    Path("cases").mkdir()
    Path("cases/notes.txt").write_text("no case")
    assert batch("cases", "-o", "results.jsonl") == 4
    assert capsys.readouterr().err.startswith("cases: no case is here. Nothing was assessed.")
