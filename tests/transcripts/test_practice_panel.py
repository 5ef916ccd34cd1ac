"""A supervisor answers for the panel; what is written counts for students from then on."""

import io
from pathlib import Path

import pytest

from nmt_expert.engine import Engine
from nmt_expert.kb.panel_file import FILE, add_panel_answer
from nmt_expert.kb.yaml_reader import read_yaml
from nmt_expert.model.errors import NmtError
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.practice import PanelAnswer
from nmt_expert.practice.drills import Item, items
from nmt_expert.terminal.panel_member import run
from nmt_expert.terminal.streams import Streams


@pytest.fixture
def item(kb: KnowledgeBase, engine: Engine) -> Item:
    return next(items("concordance", kb, engine, 4))


def answered(item: Item, typed: str) -> tuple[list[PanelAnswer], str]:
    screen, kept = io.StringIO(), list[PanelAnswer]()
    streams = Streams(io.StringIO(typed), screen, environ={}, interactive=True, width=100)
    run([item], "H.B.", "2026-11-20", streams, kept.append, plain=True)
    return kept, screen.getvalue()


def test_an_answer_is_kept_with_its_reason(item: Item) -> None:
    (kept,), _ = answered(item, "5\nIt fits the map.\n")
    assert (kept.item, kept.by, kept.answer) == (item.id, "H.B.", 1)
    assert kept.because == "It fits the map."


def test_nothing_of_the_engines_answer_is_shown_to_the_panel(item: Item) -> None:
    _, shown = answered(item, "5\nIt fits the map.\n")
    assert not any(line in shown for line in item.because)


def test_without_a_reason_no_answer_is_taken(item: Item) -> None:
    kept, shown = answered(item, "5\n\n")
    assert kept == []
    assert "Students read the reason" in shown


def test_who_stops_has_answered_nothing_more(item: Item) -> None:
    assert answered(item, "1\n")[0] == []


def test_answers_gather_in_the_overlay_below_what_stands_there(item: Item, tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.parent.mkdir()
    path.write_text("# Our panel.\n[]\n", encoding="utf-8")
    for by, answer in (("HB", 1), ("MK", -2)):
        one = PanelAnswer(id=f"sct_{by.lower()}", item=item.id, by=by, answer=answer,
                          because='She says: "no".', date="2026-11-20")  # fmt: skip
        add_panel_answer(one, tmp_path, tmp_path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Our panel.\n- {")
    read = [PanelAnswer.model_validate(entry) for entry in read_yaml(text, FILE).data]
    assert [(one.by, one.answer) for one in read] == [("HB", 1), ("MK", -2)]


def test_the_knowledge_that_came_with_the_program_is_not_written(
    item: Item, tmp_path: Path
) -> None:
    packed = tmp_path / "_knowledge_base"
    one = PanelAnswer(id="a", item=item.id, by="HB", answer=0, because="So.", date="2026-11-20")
    with pytest.raises(NmtError, match="--overlay"):
        add_panel_answer(one, packed, None)
