"""The CLIPS program says what the rules say, stands alone, and holds whatever stands in them."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nmt_expert.engine.clips import as_text
from nmt_expert.engine.clips.symbols import comment, name_of, string, symbol
from nmt_expert.model.knowledge import KnowledgeBase
from tests.engine.clips.conftest import Change

CORE = "trigger_points.active.active_core"


@pytest.fixture(scope="module")
def text(kb: KnowledgeBase) -> str:
    return as_text(kb)


def test_every_rule_stands_under_its_id_and_title(kb: KnowledgeBase, text: str) -> None:
    lines = set(text.splitlines())
    active = [rule for rule in kb.rules.values() if rule.status != "retired"]
    assert [rule.id for rule in active if f";;; {rule.id}: {rule.title}" not in lines] == []


def test_a_rule_reads_like_its_condition(text: str) -> None:
    rule = text.split(f"(defrule {CORE}-0\n")[1].split("\n\n")[0]
    wanted = re.findall(
        r"\(name (\w+)\) \(site \?muscle\) .*\(side \?side\) \(value present\)", rule
    )
    assert wanted == ["taut_band", "hypersensitive_spot", "familiar_pain_on_pressure"]


def printed(clips: Any, program: str, tmp_path: Path, *facts: str) -> list[str]:
    """What a bare CLIPS prints when it is given the program, these facts, and told to run."""

    class Screen(clips.Router):  # type: ignore[misc]  # clipspy has no types
        said = ""

        def query(self, name: str) -> bool:
            return name in ("t", "stdout")

        def write(self, name: str, message: str) -> None:
            self.said += message

    (tmp_path / "rules.clp").write_text(program, encoding="utf-8")
    bare, screen = clips.Environment(), Screen("screen", 50)
    bare.load(str(tmp_path / "rules.clp"))
    bare.reset()
    for fact in facts:
        bare.assert_string(fact)
    bare.add_router(screen)
    bare.run()
    return screen.said.splitlines()


def found(name: str) -> str:
    return (
        f"(sided (what finding) (name {name}) (site soleus) (site_kind muscle) (side left)"
        " (other right) (value present))"
    )


def test_the_program_alone_says_what_fired(clips: Any, text: str, tmp_path: Path) -> None:
    facts = map(found, ("taut_band", "hypersensitive_spot", "familiar_pain_on_pressure"))
    lines = printed(clips, text, tmp_path, *facts)
    assert [line.split()[:3] for line in lines if line.startswith(f"{CORE}-")] == [
        [f"{CORE}-0", "soleus", "left"]
    ]


HOSTILE = 'Hot\n(defrule own => (exit))\r\n" ) ; ?x \u202e'


def test_no_title_ends_its_comment(with_rules: Change, clips: Any, tmp_path: Path) -> None:
    advice = {"role": "advise", "then": [{"advice": "own", "say": "Own"}]}
    own = with_rules(hot=advice | {"title": HOSTILE, "when": {"finding": "taut_band"}})
    text = as_text(own)
    assert len(re.findall(r"^\(defrule own", text, re.MULTILINE)) == 1
    assert printed(clips, text, tmp_path) == []


@given(st.text())
def test_a_comment_is_one_line(text: str) -> None:
    assert len(comment(text).splitlines()) == 1


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_name_comes_back_from_its_symbol(name: str) -> None:
    assert name_of(symbol(name)) == name


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_symbol_is_one_word_of_plain_letters(name: str) -> None:
    assert re.fullmatch(r"-|[A-Za-z%][A-Za-z0-9_.%]*", symbol(name))


@pytest.mark.parametrize("text", ['a"b', "a\\b", 'C:\\temp\\"new"', "(exit)", "a;b"])
def test_clips_reads_a_string_as_it_was_meant(clips: Any, text: str) -> None:
    assert clips.Environment().eval(f"(str-cat {string(text)})") == text
