"""From an answer to the next prompt nothing is worked out twice."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nmt_expert.engine import Engine
from nmt_expert.interview import Interview, bearing, session
from nmt_expert.interview.replay import Recording, played
from nmt_expert.kb import load, read_case
from tests.conftest import ROOT

KB = load()
ENGINE = Engine(KB)
PATH = Path(ROOT / "examples" / "swimmer-shoulder-blade.yml")


def test_a_reply_takes_one_run_and_at_most_one_look_ahead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: Counter[str] = Counter()

    def counting(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **more: Any) -> Any:
            done[name] += 1
            return work(*given, **more)

        return counted

    monkeypatch.setattr(session, "reason", counting("run", session.reason))
    monkeypatch.setattr(bearing, "possible", counting("look ahead", bearing.possible))
    case = read_case(PATH, KB)
    start = Interview.begin(KB, ENGINE, client=case.client, name=case.id)
    ahead = 0
    for held, _, _ in played(start, Recording(case, KB)):
        asked = (held.open, held.skipped, held.may_stop, held.urgent, held.idle_steps)
        assert len(asked) == 5
        assert done["run"] == 1 + (1 if held.parked else 0)
        assert done["look ahead"] <= 1
        ahead += done["look ahead"]
        done.clear()
    assert ahead > 5
