"""Each file here is broken in one way; its head says where it stands and what is said of it.

``# at:`` is its place in a knowledge base (or ``case``), ``# asked:`` a finding of it that some
question asks, and each ``# says:`` one fault; together they are all the faults of the run. With
``# warns:`` the knowledge base loads, and these are all its warnings. What follows ``# and at:`` is
a further file.
"""

import re
import shutil
from pathlib import Path

import pytest

from nmt_expert.kb import Examination, examine, load, read_case_text
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


def examined(text: str, folder: Path) -> Examination:
    shutil.copytree(TINY, folder, dirs_exist_ok=True)
    first, *more = re.split(r"^# and at: .*\n", text, flags=re.MULTILINE)
    places = head(text, "at") + head(text, "and at")
    for at, content in zip(places, [first, *more], strict=True):
        (folder / at).parent.mkdir(exist_ok=True)
        (folder / at).write_text(content, encoding="utf-8")
    for finding in head(text, "asked"):
        (folder / "knowledge/interview/asked.yml").write_text(ASKED % finding, encoding="utf-8")
    return examine(folder)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_gets_just_these_sentences(path, tiny, tmp_path):
    text = path.read_text(encoding="utf-8")
    says, warns = head(text, "says"), head(text, "warns")
    assert says or warns
    if head(text, "at") == ["case"]:
        assert [str(fault) for fault in faults_of_case(text, tiny)] == says
        return
    found = examined(text, tmp_path)
    assert [str(fault) for fault in found.errors] == says
    assert not warns or [str(fault) for fault in found.warnings] == warns


def test_the_small_knowledge_base_itself_is_sound():
    found = examine(TINY)
    assert found.kb is not None
    assert not found.warnings
