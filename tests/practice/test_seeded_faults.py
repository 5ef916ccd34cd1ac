"""Each file in ``broken`` is a practice case spoilt in one way; its head is what is said of it."""

from pathlib import Path

import pytest

from nmt_expert.engine import Engine
from nmt_expert.kb.practice_file import read_practice_case
from nmt_expert.model.errors import InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.practice.soundness import unsound

FILES = sorted((Path(__file__).parent / "broken").glob("*.yml"))
SAYS = "# says: "


def said_of(path: Path, kb: KnowledgeBase, engine: Engine) -> list[str]:
    try:
        return unsound(read_practice_case(path, kb), kb, engine)
    except InputInvalid as error:
        return [str(fault).partition(path.name)[2] for fault in error.faults]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_spoilt_case_gets_just_these_sentences(
    path: Path, kb: KnowledgeBase, engine: Engine
) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    says = [line.removeprefix(SAYS) for line in lines if line.startswith(SAYS)]
    assert says
    assert said_of(path, kb, engine) == says
