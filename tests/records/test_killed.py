"""SIGKILL at random moments: twenty here; a thousand with python -m tests.records.kill."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.records import kill

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # fork beside the threads of the runner
def test_twenty_kills_lose_no_acknowledged_step_and_every_store_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kill, "MOST_STEPS", 15)
    counts = kill.kills(20, seed=7, folder=tmp_path)
    assert counts["acknowledged"] > 50


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_program_that_acknowledges_what_it_has_not_kept_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hasty(store: Any, script: Any) -> Iterator[tuple[Any, ...]]:
        interview = kill._begin(store, "C-001")
        yield "entry", interview, 2, "answered", "not written at all"

    monkeypatch.setattr(kill, "MOST_STEPS", 1)
    monkeypatch.setattr(kill, "KINDS", ("interview",))
    monkeypatch.setitem(kill.SCRIPTS, "interview", hasty)
    with pytest.raises(kill.Lost, match="is not what was acknowledged"):
        kill.kills(9, seed=1, folder=tmp_path)
