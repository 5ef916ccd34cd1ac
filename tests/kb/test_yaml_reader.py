import time

import pytest
import yaml

from nmt_expert.kb import document
from nmt_expert.kb.document import MAX_BYTES, Unreadable, file_text
from nmt_expert.kb.yaml_reader import read_yaml

WORDS = """
- {truth: true, lie: false, none: ~, empty: , word: 'yes', time: 12:30, day: 2026-11-20}
- {whole: 7, below: -3, half: .5, plain: 1.25, large: 1.5e3, octal: 0o17, hex: 0x1F}
- {grouped: 1_000, version: 1.2.3, infinite: .inf, quoted: "7", nan: .nan}
- >-
  folded
  text
"""
MEANING = [
    {
        "truth": True,
        "lie": False,
        "none": None,
        "empty": None,
        "word": "yes",
        "time": "12:30",
        "day": "2026-11-20",
    },
    {
        "whole": 7,
        "below": -3,
        "half": 0.5,
        "plain": 1.25,
        "large": 1500.0,
        "octal": "0o17",
        "hex": "0x1F",
    },
    {
        "grouped": "1_000",
        "version": "1.2.3",
        "infinite": ".inf",
        "quoted": "7",
        "nan": ".nan",
    },
    "folded text",
]


@pytest.fixture(params=["fast", "plain"])
def _parser(request, monkeypatch):
    """Both parsers, the one in C and the one in Python."""
    if request.param == "plain":
        for module in ("document", "yaml_reader"):
            monkeypatch.setattr(f"nmt_expert.kb.{module}.LOADER", yaml.SafeLoader)


@pytest.mark.usefixtures("_parser")
def test_words_mean_what_a_person_reads():
    found = read_yaml(WORDS, "words.yml")
    assert found.data == MEANING
    assert found.faults == []
    assert found.lines == [2, 3, 4, 5]


@pytest.mark.usefixtures("_parser")
def test_every_part_has_its_place():
    found = read_yaml("# note\n- id: jaw\n  part_of: [head, {a: é, b: neck}]\n", "jaw.yml")
    assert found.place((0, "id")) == "jaw.yml:2:7"
    assert found.place((0, "id"), key=True) == "jaw.yml:2:3"
    assert found.place((0, "part_of", 1, "b")) == "jaw.yml:3:29"
    assert found.place((0, "part_of", 1, "c")) == "jaw.yml:3:19"
    assert found.place((7,)) == "jaw.yml:2:1"


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "[" * 500_000,
        "- " * 500_000 + "a",
        "{a: " * 300_000,
        "x" * (MAX_BYTES + 1),
    ],
    ids=["anchor bomb", "brackets", "dashes", "braces", "too large"],
)
def test_hostile_text_is_refused_at_once(text):
    started = time.process_time()
    with pytest.raises(Unreadable):
        read_yaml(text, "bomb.yml")
    assert time.process_time() - started < 1


def test_a_file_of_ten_megabytes_gets_one_sentence(tmp_path):
    path = tmp_path / "large.yml"
    path.write_bytes(b"- {finding: pain}\n" * 600_000)
    with pytest.raises(Unreadable) as caught:
        file_text(path, "large.yml")
    assert str(caught.value) == (
        "large.yml: larger than 2 MB. Nothing in the file was used. "
        "Split it, or check that it is the right file."
    )


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path):
    path = tmp_path / "latin.yml"
    path.write_bytes("a: b\nc: é\n".encode("latin-1"))
    with pytest.raises(Unreadable, match=r"latin.yml:2: not UTF-8 text"):
        file_text(path, "latin.yml")


def test_a_mark_of_byte_order_is_no_part_of_the_text(tmp_path):
    path = tmp_path / "windows.yml"
    path.write_bytes(b"\xef\xbb\xbfa: b\r\nc: d\r\n")
    assert read_yaml(file_text(path, "windows.yml"), "windows.yml").data == {"a": "b", "c": "d"}


def test_a_folder_in_place_of_a_file_is_said_so(tmp_path):
    with pytest.raises(Unreadable, match="cannot be read: is a directory"):
        file_text(tmp_path, "folder")


def test_escape_codes_are_refused_with_their_place():
    with pytest.raises(Unreadable, match=r"a.yml:2:4: control character U\+001B"):
        read_yaml("a: b\nc: \x1b[31m\n", "a.yml")


def test_the_fast_parser_is_used_where_it_is_there():
    assert document.LOADER is getattr(yaml, "CSafeLoader", yaml.SafeLoader)
