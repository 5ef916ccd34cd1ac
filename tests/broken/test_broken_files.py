"""Each file here is broken in one way; its head says where it stands and what is said of it.

``# at:`` is its place in a knowledge base (or ``case``), ``# asked:`` a finding of it that some
question asks, and each ``# says:`` one fault; together they are all the faults of the run.
"""

import shutil
from pathlib import Path

import pytest

from nmt_expert.kb import examine, load, read_case_text
from nmt_expert.model.errors import Fault, InputInvalid

HERE = Path(__file__).parent
TINY = HERE.parent / "kb" / "tiny"
FILES = sorted(HERE.glob("*.yml"))
ASKED = "- {id: asked, section: history, title: Ask, who: client, ask: [{finding: %s}], why: So.}\n"


def head(text: str, key: str) -> list[str]:
    start = f"# {key}: "
    return [line.removeprefix(start) for line in text.splitlines() if line.startswith(start)]


@pytest.fixture(scope="module")
def tiny():
    return load(TINY)


def faults_of_case(text, kb) -> list[Fault]:
    with pytest.raises(InputInvalid) as caught:
        read_case_text(text, "case.yml", kb)
    return caught.value.faults


def faults_of_knowledge(text: str, at: str, folder: Path) -> list[Fault]:
    shutil.copytree(TINY, folder, dirs_exist_ok=True)
    (folder / at).write_text(text, encoding="utf-8")
    for finding in head(text, "asked"):
        (folder / "knowledge/interview/asked.yml").write_text(ASKED % finding, encoding="utf-8")
    return list(examine(folder).errors)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_gets_just_these_sentences(path, tiny, tmp_path):
    text = path.read_text(encoding="utf-8")
    (at,) = head(text, "at")
    is_case = at == "case"
    faults = faults_of_case(text, tiny) if is_case else faults_of_knowledge(text, at, tmp_path)
    assert [str(fault) for fault in faults] == head(text, "says")


def test_the_small_knowledge_base_itself_is_sound():
    found = examine(TINY)
    assert found.kb is not None
    assert not found.warnings
