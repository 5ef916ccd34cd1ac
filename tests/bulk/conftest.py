"""A small knowledge base, and as many small cases as a test wants."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from nmt_expert.cli.app import run

ROOT = Path(__file__).parent.parent.parent
TINY = ROOT / "tests" / "kb" / "tiny"
FELT = {"finding": "taut_band", "site": "upper_trapezius", "side": "right"}
COMPLAINT = {"text": "Zuleika's ache", "sites": [{"site": "temple", "side": "right"}]}


def small_case(name: str, **changed: object) -> str:
    """One client, felt at one muscle, as a line of JSON."""
    case = {"schema": "nmt.case/1", "id": name, "complaint": COMPLAINT, "answers": [FELT]}
    return json.dumps(case | changed) + "\n"


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def started(folder: Path, *words: str) -> "subprocess.Popen[bytes]":
    """The program as a process of its own, in ``folder``."""
    environment = {**os.environ, "NMT_EXPERT_KB": str(TINY), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "nmt_expert", "batch", *words],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # What runs in the background of a shell, as these tests may, is deaf to Ctrl-C.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )


def wait_for(holds: Callable[[], bool], most: float = 60.0) -> None:
    end = time.monotonic() + most
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.fixture
def batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Runs ``nmt-expert batch`` in an empty folder; gives its exit code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NMT_EXPERT_KB", str(TINY))
    monkeypatch.setenv("NMT_EXPERT_CACHE", str(tmp_path / ".cache"))
    for variable in ("XDG_CONFIG_HOME", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path / ".home"))
    return lambda *words: run(["batch", *words])
