"""A card reads as it was last read and found good; see :mod:`tests.transcripts.cards_shown`."""

import pytest

from nmt_expert.kb import load
from nmt_expert.model.knowledge import KnowledgeBase
from tests.transcripts.cards_shown import HERE, SHOWN, TINY, file_of, shown


@pytest.fixture(scope="module")
def small() -> KnowledgeBase:
    return load(TINY)


@pytest.mark.parametrize("name", SHOWN)
def test_a_card_reads_as_written(small: KnowledgeBase, name: str) -> None:
    assert shown(small, name) == file_of(name).read_text(encoding="utf-8")


def test_no_other_card_is_written() -> None:
    assert {path.stem for path in HERE.iterdir()} == set(SHOWN)
