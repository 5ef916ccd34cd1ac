"""A scheduler of dask and its workers, as processes of their own on this machine's loopback."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.bulk.conftest import ROOT, wait_for

LOOPBACK = ("--host", "127.0.0.1", "--no-dashboard")


@dataclass
class Cluster:
    """What it writes, logs included, lies in ``folder``."""

    folder: Path
    scheduler: "subprocess.Popen[bytes]"
    workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def address(self) -> str:
        return str(json.loads(self._file.read_text("utf-8"))["address"])

    @property
    def is_found(self) -> bool:
        """Whether its address is written, and to the end."""
        return self._file.exists() and self._file.read_text("utf-8").endswith("}")

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8")

    @property
    def _file(self) -> Path:
        return self.folder / "scheduler.json"

    def employ(self, *words: str, **environment: str) -> "subprocess.Popen[bytes]":
        """One more worker, of one thread."""
        given = ("--no-nanny", "--nthreads", "1", "--local-directory", str(self.folder))
        reached = ("--scheduler-file", str(self._file))
        before = self.log.count("Registered to")
        self.workers.append(_dask(self.folder, "worker", *given, *reached, *words, **environment))
        wait_for(lambda: self.log.count("Registered to") > before)
        return self.workers[-1]

    def dismiss(self) -> None:
        """End every process that was started here."""
        for one in (*self.workers, self.scheduler):
            one.kill()
            one.communicate()


def begun(folder: Path, workers: int, *words: str) -> Cluster:
    """A cluster of so many workers; ``words`` are for each of its processes."""
    folder.mkdir()
    given = ("--port", "0", "--scheduler-file", str(folder / "scheduler.json"))
    cluster = Cluster(folder, _dask(folder, "scheduler", *given, *words))
    try:
        wait_for(lambda: cluster.is_found)
        for _ in range(workers):
            cluster.employ(*words)
    except BaseException:
        cluster.dismiss()
        raise
    return cluster


def _dask(folder: Path, what: str, *words: str, **environment: str) -> "subprocess.Popen[bytes]":
    here = {"PYTHONPATH": str(ROOT), "NMT_EXPERT_CACHE": str(folder / "cache"), **environment}
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", what, *LOOPBACK, *words],
            cwd=folder,
            env={**os.environ, **here},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
