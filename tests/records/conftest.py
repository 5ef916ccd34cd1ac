"""A fresh store, an interview begun in it, and an assessment to freeze.

A test that asks for ``store`` or ``opens`` runs on both databases; one that asks for ``folder``, or
says ``in_a_file``, is about a file and runs on that alone.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

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
from nmt_expert.records.tables import APPEND_ONLY
from nmt_expert.settings import ServerAddress
from tests.records.server import Server

LISTS = (
    *("factors", "conclusions", "focus", "withheld", "referrals", "not_cleared", "cautions"),
    *("advice", "unexplained", "undecided", "next_questions", "firings", "inputs"),
)
Begin = Callable[..., InterviewId]
Child = Callable[..., "subprocess.Popen[str]"]


@dataclass(frozen=True)
class Opens:
    """Opens the store of a test, as often as it likes; on a server when there is one."""

    folder: Path
    server: Server | None

    def __call__(self, **how: Any) -> Store:
        return open_store(self.folder, url=self.url, **how)

    @property
    def told(self) -> tuple[Path, str]:
        """The same for another program: the folder, and the address or nothing."""
        return self.folder, self.url or ""

    @property
    def url(self) -> ServerAddress | None:
        return ServerAddress(self.server.url()) if self.server else None

    def ask(self, sql: str, **values: object) -> list[Any]:
        """The rows that a query finds behind the program's back."""
        with self() as store, store.database.read() as connection:
            return list(connection.execute(text(sql), values))

    def tamper(self, sql: str, **values: object) -> None:
        """Change the store behind the program's back, its guards set aside."""
        names = [f"{table}_no_{kind}" for table in APPEND_ONLY for kind in ("update", "delete")]
        aside = [f"DROP TRIGGER IF EXISTS {name}" for name in names]
        with self() as store, store.database.write() as connection:
            for each in ["SET LOCAL session_replication_role = replica"] if self.server else aside:
                connection.exec_driver_sql(each)
            connection.execute(text(sql), values)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "opens" in metafunc.fixturenames:
        about_a_file = "folder" in metafunc.fixturenames or any(
            metafunc.definition.iter_markers("in_a_file")
        )
        kinds = ["file"] if about_a_file else ["file", "server"]
        metafunc.parametrize("opens", kinds, indirect=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "records"


@pytest.fixture
def opens(request: pytest.FixtureRequest, tmp_path: Path) -> Opens:
    """The store of this test, empty so far."""
    on_server = request.param == "server"
    return Opens(tmp_path / "records", request.getfixturevalue("postgres") if on_server else None)


@pytest.fixture
def store(opens: Opens) -> Iterator[Store]:
    with opens() as opened:
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
