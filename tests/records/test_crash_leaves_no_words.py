"""A name typed as a note is in the store and nowhere else, also when the program is torn down."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nmt_expert.records.conversion import convert

MARKER = "Jane Q. Marker"
SECRET = "open sesame"
INTERVIEW = """
import os, signal, sys
from pathlib import Path
from nmt_expert.cli.app import run
from nmt_expert.records import Store

how = sys.argv[1]
note = Store.note

def noted_and_torn_down(self, interview, text, at, by=None):
    said = note(self, interview, text, at, by)
    secret = f"{text} is still in memory"  # what a traceback with locals would print
    if how == "error":
        raise RuntimeError(f"broken while it held {secret}")
    if how == "disk":
        with self.database.write() as connection:
            connection.exec_driver_sql("SELECT :said FROM nowhere", {"said": secret})
    os.kill(os.getpid(), getattr(signal, how))
    return said

Store.note = noted_and_torn_down

def keep(ctx):
    from datetime import UTC, datetime
    from nmt_expert.cli.opening import opened
    from nmt_expert.model.case import Client
    at = datetime.now(UTC).isoformat()
    with opened(ctx.obj) as store:
        one = store.start(Client(code="C-001"), quick=True, kb_version="1", kb_sha256="1", at=at)
        store.note(one, sys.stdin.readline().strip(), at)

import typer
from nmt_expert.cli.app import app
keep.__annotations__ = {"ctx": typer.Context}
app.command("keep")(keep)
sys.exit(run(["keep"]))
"""


def crashed(home: Path, how: str, **environ: str) -> "subprocess.CompletedProcess[bytes]":
    """Type the name into a program that may dump core, and tear it down right after."""
    for name in ("data", "tmp", "work", "config", "cache"):
        (home / name).mkdir(mode=0o700, exist_ok=True)

    def may_dump_core() -> None:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

    return subprocess.run(
        [sys.executable, "-c", INTERVIEW, how],
        input=f"{MARKER}\n".encode(),
        capture_output=True,
        cwd=home / "work",
        preexec_fn=may_dump_core,
        check=False,
        timeout=60,
        env=os.environ
        | {
            "HOME": str(home),
            "TMPDIR": str(home / "tmp"),
            "SQLITE_TMPDIR": str(home / "tmp"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "NMT_EXPERT_DATA": str(home / "data"),
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path[1:]]),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        | environ,
    )


def holders(home: Path) -> set[str]:
    """Files anywhere below the home folder that hold the name."""
    return {
        str(path.relative_to(home))
        for path in home.rglob("*")
        if path.is_file() and MARKER.encode() in path.read_bytes()
    }


pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and core dumps of POSIX")
CRASHES = ("SIGKILL", "SIGABRT", "SIGSEGV", "error", "disk")


@pytest.mark.parametrize("how", CRASHES)
def test_the_name_is_found_nowhere_outside_the_store(tmp_path: Path, how: str) -> None:
    ended = crashed(tmp_path, how)
    assert ended.returncode not in (0, 2)
    assert MARKER.encode() not in ended.stdout + ended.stderr
    assert holders(tmp_path) <= {"data/records.sqlite3", "data/records.sqlite3-wal"}
    assert holders(tmp_path)


def test_a_program_may_dump_core_until_it_opens_the_store(tmp_path: Path) -> None:
    code = (
        "import resource\n"
        "from nmt_expert.cli.opening import keep_out_of_core_dumps\n"
        "keep_out_of_core_dumps()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert told.stdout.strip() == b"0"


@pytest.mark.parametrize("how", CRASHES)
def test_with_an_encrypted_store_the_name_is_found_nowhere_at_all(tmp_path: Path, how: str) -> None:
    pytest.importorskip("sqlcipher3", reason="the extra [encrypted] is not installed")
    crashed(tmp_path, "SIGKILL")
    convert(tmp_path / "data" / "records.sqlite3", None, SECRET)
    file = tmp_path / "passphrase"
    file.write_text(f"{SECRET}\n")
    file.chmod(0o600)
    ended = crashed(tmp_path, how, NMT_EXPERT_PASSPHRASE_FILE=str(file))
    assert ended.returncode not in (0, 2)
    assert b"passphrase" not in ended.stderr
    assert holders(tmp_path) == set()
