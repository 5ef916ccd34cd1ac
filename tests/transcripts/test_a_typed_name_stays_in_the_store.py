"""A name typed into the interview is in the store and nowhere else, however the program ends."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nmt_expert.records import InterviewId, open_store
from nmt_expert.records.conversion import convert
from tests.transcripts.terminal import CACHE, Terminal

MARKER = "Quillfeather"
"""No word of the program or its knowledge; a disk full of it is a client's name found again."""
SECRET = "open sesame"
FIRST = "Right now or in the last 3 days ("
SECOND = "Bladder, bowel, strength, balance"
STORE = {"data/records.sqlite3", "data/records.sqlite3-wal"}
BREAKS = """
import sys
from nmt_expert.cli.app import run
from nmt_expert.records import Store

append = Store.append

def kept_and_broken(self, interview, answers, **others):
    append(self, interview, answers, **others)
    raise RuntimeError(f"broken while it held {answers}")

Store.append = kept_and_broken
sys.exit(run(sys.argv[1:]))
"""
"""The program, but each answer that is kept breaks it with the client's words in its hands."""
SIGNALS = {"killed": signal.SIGKILL, "aborted": signal.SIGABRT, "at fault": signal.SIGSEGV}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with a folder for temporary files, where programs may dump their memory."""
    resource = pytest.importorskip("resource", reason="signals and core dumps of POSIX")
    (tmp_path / "tmp").mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path / "tmp"))
    limits = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (limits[1], limits[1]))
    yield tmp_path
    resource.setrlimit(resource.RLIMIT_CORE, limits)


def noted(home: Path, *program: str) -> Terminal:
    """An interview with the name typed as a note on its first question, not yet answered."""
    words = {"program": program} if program else {}
    sitting = Terminal(home, "--client", "C-001", aside=True, **words)
    sitting.wait(FIRST)
    sitting.type("n")
    sitting.type(MARKER, then=MARKER)
    return sitting


def holders(home: Path) -> set[str]:
    """The files that hold the name: below the home folder, and where the knowledge is cached."""
    files = (path for folder in (home, Path(CACHE.name)) for path in folder.rglob("*"))
    with_it = (p for p in files if p.is_file() and MARKER.encode() in p.read_bytes())
    return {str(p.relative_to(home)) if p.is_relative_to(home) else str(p) for p in with_it}


def notes(home: Path) -> list[str]:
    with open_store(home / "data") as store:
        state = store.state(InterviewId(store.unfinished()[0].id))
    return sorted({answer.note for answer in state.answers if answer.note})


@pytest.mark.parametrize("how", SIGNALS)
def test_a_name_that_was_answered_is_in_the_store_alone(home: Path, how: str) -> None:
    sitting = noted(home)
    sitting.type("\r")
    sitting.type("0", then=SECOND)
    sitting.child.kill(SIGNALS[how])
    sitting.ended()
    assert sitting.child.signalstatus == SIGNALS[how]
    assert holders(home)
    assert holders(home) <= STORE
    assert notes(home) == [MARKER]


def test_a_name_that_was_only_being_typed_is_nowhere(home: Path) -> None:
    sitting = noted(home)
    sitting.child.kill(signal.SIGKILL)
    sitting.ended()
    assert holders(home) == set()


def test_an_error_that_nobody_expected_tells_no_name(home: Path) -> None:
    sitting = noted(home, sys.executable, "-c", BREAKS)
    sitting.type("\r")
    sitting.type("0")
    assert sitting.ended() == 1
    assert "RuntimeError" in (home / "errors.txt").read_text("utf-8")
    assert holders(home) <= STORE
    assert notes(home) == [MARKER]


def test_with_an_encrypted_store_the_name_is_nowhere_at_all(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sqlcipher3", reason="the extra [encrypted] is not installed")
    with open_store(home / "data"):
        pass
    convert(home / "data" / "records.sqlite3", None, SECRET)
    file = home / "passphrase"
    file.write_text(f"{SECRET}\n")
    file.chmod(0o600)
    monkeypatch.setenv("NMT_EXPERT_PASSPHRASE_FILE", str(file))
    sitting = noted(home)
    sitting.type("\r")
    sitting.type("0", then=SECOND)
    sitting.child.kill(signal.SIGKILL)
    sitting.ended()
    assert holders(home) == set()
