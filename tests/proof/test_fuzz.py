"""Malformed files are refused in words; thousands on demand by ``python -m tests.proof.fuzz``."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proof.fuzz import Ended, Ready, complaints, ran_alone, ran_inside
from tests.proof.fuzz_bench import Bench, Target
from tests.proof.malformed import CLIENT, NO_FILES

SEED = 2026
EACH = 14
"""Malformed files of each kind in the default run."""
KINDS = ("case", "lines", "import", "records", "result", "knowledge", "overlay")


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        bench = Bench(folder)
        with Ready().at_hand(folder):
            yield bench


def wrong(ended: Ended, target: Target) -> list[str]:
    """What is wrong with how it ended; how long it took is for the command to say."""
    return [one for one in complaints(ended, target) if not one.endswith(" seconds")]


def test_every_kind_of_file_is_attacked(bench):
    assert tuple(target.name for target in bench.targets) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_malformed_file_is_refused_with_place_and_remedy_and_no_words_of_a_client(bench, kind):
    target, refused = bench.target(kind), 0
    for n in range(EACH):
        with bench.attacked(target, *bench.drawn(target, SEED, n)) as words:
            ended = ran_inside(words)
        assert wrong(ended, target) == [], f"{kind}:{n}"
        refused += ended.code != 0
    assert refused > EACH // 2


@pytest.mark.parametrize("put", NO_FILES, ids=lambda put: put.__name__.strip("_"))
def test_what_is_no_file_is_refused_and_never_waited_for(bench, put):
    for target in bench.targets:
        with bench.attacked(target, min(target.sound), put) as words:
            ended = ran_inside(words)
        assert wrong(ended, target) == [], target.name
        assert ended.code in (3, 4), target.name


def test_a_process_of_its_own_ends_in_the_same_words(bench):
    target = bench.target("knowledge")
    with bench.attacked(target, *bench.drawn(target, SEED, 1)) as words:
        inside, alone = ran_inside(words), ran_alone(words, bench.folder)
    assert (alone.code, alone.err) == (inside.code, inside.err)
    assert wrong(alone, target) == []


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("Traceback (most recent call last)", "a fault of the program"),
        (f"case.yml: {CLIENT[0]} is no finding.", "a client's words are repeated"),
        ("case.yml: \x1b[2J", "what is said could steer a terminal"),
        ("", "nothing is said"),
    ],
)
def test_what_would_be_wrong_is_seen(bench, said, fault):
    assert fault in wrong(Ended(4, "", said, 0.0), bench.target("case"))
