"""A store in a fresh folder, an interview begun in it, and an assessment to freeze."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import nmt_expert
from nmt_expert.model.assessment import (
    Assessment,
    Closure,
    FocusClosure,
    PerpetuatingClosure,
    RedFlagClosure,
)
from nmt_expert.model.case import Case, Client
from nmt_expert.records import InterviewId, Store, open_store

LISTS = (
    *("factors", "conclusions", "focus", "withheld", "referrals", "not_cleared", "cautions"),
    *("advice", "unexplained", "undecided", "next_questions", "firings", "inputs"),
)
Begin = Callable[..., InterviewId]
Child = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "records"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with open_store(folder) as opened:
        yield opened


@pytest.fixture
def begin() -> Begin:
    def begun(
        store: Store, code: str | None = "C-001", at: str = "2026-11-20T10:00:00Z"
    ) -> InterviewId:
        client = Client(code=code, age=38, sex="female", occupation="typist")
        return store.start(client, quick=False, kb_version="2026.1", kb_sha256="ab12", at=at)

    return begun


@pytest.fixture
def interview(store: Store, begin: Begin) -> InterviewId:
    return begin(store)


@pytest.fixture
def child() -> Iterator[Child]:
    """Run Python in another process, which is ended with the test."""
    running: list[subprocess.Popen[str]] = []

    def run(code: str, *arguments: object) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(Path(nmt_expert.__file__).parents[1])},
        )
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()


def assessed(case: Case) -> Assessment:
    """An assessment that says nothing, of a case."""
    nothing: dict[str, Any] = dict.fromkeys(LISTS, ())
    closure = Closure(
        may_stop=True,
        red_flags=RedFlagClosure(all_asked=True, open=()),
        focus=FocusClosure(settled=True, leading=(), could_change=()),
        perpetuating=PerpetuatingClosure(covered=True, open=()),
    )
    return Assessment(case=case, knowledge_base={"version": "2026.1"}, closure=closure, **nothing)


@pytest.fixture
def assess() -> Callable[[Case], Assessment]:
    return assessed
