"""What each answer would do is there at once: a therapist waits for it with one hand free."""

import time

import pytest

from nmt_expert.engine import Engine
from nmt_expert.interview import Interview
from nmt_expert.interview.preview import previews
from nmt_expert.interview.replay import Recording, played
from nmt_expert.kb import load, read_case
from nmt_expert.model.prompt import Item
from tests.conftest import ROOT

KB = load()
ENGINE = Engine(KB)
SECOND = 1.0
EXAMPLES = sorted((ROOT / "examples").glob("*.yml"))
SOME = [
    pytest.param(path, id=path.stem, marks=() if n == 0 else (pytest.mark.slow,))
    for n, path in enumerate(EXAMPLES)
]


def answers(item: Item) -> int:
    """About how many runs the preview of an item takes."""
    return len(KB.findings[item.finding].values) * (2 if item.pick_side else 1)


@pytest.mark.parametrize("path", SOME)
def test_a_preview_takes_less_than_a_second_at_every_prompt(path) -> None:
    case = read_case(path, KB)
    start = Interview.begin(KB, ENGINE, client=case.client, name=case.id)
    for held, prompt, _ in played(start, Recording(case, KB)):
        longest = max(prompt.items, key=answers)
        begun = time.process_time()
        assert list(previews(held, prompt, longest))
        assert time.process_time() - begun < SECOND, longest.key
