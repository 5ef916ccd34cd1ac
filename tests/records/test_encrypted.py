"""With the extra [encrypted] nothing can be read without the passphrase; without it, a sentence."""

import sys
from pathlib import Path

import pytest

from nmt_expert.model.errors import NmtError, StoreProblem
from nmt_expert.records import InterviewId, care, cipher, envelope, open_store
from nmt_expert.records.backup import back_up, restore
from nmt_expert.records.conversion import convert
from nmt_expert.records.doctor import examine

AT = "2026-11-20T10:01:00Z"
MARKER = b"Jane Doe"
SECRET = "it's a long one; ünïcode too"


@pytest.fixture
def sealed(folder: Path, begin) -> Path:
    """The folder of an encrypted store with a name in it."""
    pytest.importorskip("sqlcipher3", reason="the extra [encrypted] is not installed")
    with open_store(folder) as store:
        store.note(begin(store), "plain until now", AT)
        file = store.file
    convert(file, None, SECRET)
    with open_store(folder, secret=lambda: SECRET) as store:
        store.note(InterviewId("2026-11-20-1"), f"{MARKER.decode()} came", AT)
    return folder


def test_no_word_stands_in_the_bytes_not_even_while_it_is_open(sealed: Path) -> None:
    with open_store(sealed, secret=lambda: SECRET) as store:
        store.note(InterviewId("2026-11-20-1"), f"{MARKER.decode()} again", AT)
        files = {path.name: path.read_bytes() for path in sealed.iterdir()}
    assert {"records.sqlite3", "records.sqlite3-wal"} <= files.keys()
    assert not any(MARKER in content or b"plain until" in content for content in files.values())


def test_with_the_passphrase_everything_works_as_ever(sealed: Path) -> None:
    with open_store(sealed, secret=lambda: SECRET) as store:
        assert store.verify() == ()
        assert len(care.find(store, ["jane"])) == 1
        care.redact(store, "2026-11-20-1", why="asked", at=AT)
        assert store.verify() == ()
    assert all(one.state != "wrong" for one in examine(sealed, AT, lambda: SECRET))


def test_a_wrong_passphrase_opens_nothing(sealed: Path) -> None:
    before = (sealed / "records.sqlite3").read_bytes()
    with pytest.raises(StoreProblem, match="passphrase is not that of this store"):
        open_store(sealed, secret=lambda: SECRET.upper())
    assert (sealed / "records.sqlite3").read_bytes() == before


def test_without_a_passphrase_the_store_says_what_it_needs(sealed: Path) -> None:
    with pytest.raises(StoreProblem, match="encrypted, and no passphrase was given"):
        open_store(sealed)
    assert any("passphrase" in one.says for one in examine(sealed, AT) if one.state == "wrong")


def test_a_backup_of_it_is_encrypted_and_comes_back(sealed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    with open_store(sealed, secret=lambda: SECRET) as store:
        back_up(store, copy)
    assert MARKER not in copy.read_bytes()
    with pytest.raises(StoreProblem, match="passphrase is not that"):
        restore(copy, tmp_path / "new", lambda: "other")
    restore(copy, tmp_path / "new", lambda: SECRET)
    with open_store(tmp_path / "new", secret=lambda: SECRET) as store:
        assert store.verify() == ()


def test_the_passphrase_can_be_changed_and_taken_off(sealed: Path) -> None:
    file = sealed / "records.sqlite3"
    convert(file, SECRET, "another")
    with open_store(sealed, secret=lambda: "another") as store:
        entries = store.journal(InterviewId("2026-11-20-1"))
    convert(file, "another", None)
    with open_store(sealed) as store:
        assert store.journal(InterviewId("2026-11-20-1")) == entries
        assert store.verify() == ()
        care.redact(store, "2026-11-20-1", why="the guards are there too", at=AT)


def test_a_store_that_somebody_has_open_is_not_converted(sealed: Path) -> None:
    with (
        open_store(sealed, secret=lambda: SECRET),
        pytest.raises(StoreProblem, match="another program has the record store open"),
    ):
        convert(sealed / "records.sqlite3", SECRET, None)


def test_an_empty_passphrase_is_none(folder: Path) -> None:
    with pytest.raises(StoreProblem, match="the passphrase is empty"):
        convert(folder / "records.sqlite3", None, "")


def test_without_the_extra_an_encrypted_store_gets_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    folder.mkdir(mode=0o700)
    (folder / "records.sqlite3").write_bytes(bytes(range(256)) * 16)
    with pytest.raises(StoreProblem, match=r"sqlcipher3.*pip install 'nmt-expert\[encrypted\]'"):
        open_store(folder, secret=lambda: SECRET)


def test_without_the_extra_an_age_file_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with pytest.raises(NmtError, match=r"pyrage.*pip install 'nmt-expert\[encrypted\]'"):
        envelope.seal_under(b"text", "secret")


def test_an_age_file_opens_with_its_key_and_no_other(tmp_path: Path) -> None:
    age = pytest.importorskip("pyrage", reason="the extra [encrypted] is not installed")
    mine, other = age.x25519.Identity.generate(), age.x25519.Identity.generate()
    file = envelope.seal_for(MARKER, [str(mine.to_public())])
    assert envelope.is_sealed(file)
    assert MARKER not in file
    keys = {}
    for name, key in (("mine", mine), ("other", other)):
        keys[name] = tmp_path / name
        keys[name].write_text(f"# my key\n{key}\n")
    assert envelope.open_sealed(file, "f", keys["mine"], str) == MARKER
    with pytest.raises(NmtError, match="does not open it"):
        envelope.open_sealed(file, "f", keys["other"], str)
    with pytest.raises(NmtError, match="no identity file"):
        envelope.open_sealed(file, "f", tmp_path / "none", str)


def test_an_age_file_opens_with_its_passphrase_and_no_other() -> None:
    pytest.importorskip("pyrage", reason="the extra [encrypted] is not installed")
    file = envelope.seal_under(MARKER, SECRET)
    try:
        assert envelope.open_sealed(file, "f", None, lambda: SECRET) == MARKER
        with pytest.raises(NmtError, match="does not open it"):
            envelope.open_sealed(file, "f", None, lambda: "other")
    except NmtError as busy:
        if "too long just now" not in str(busy):
            raise
        pytest.skip("too busy for the work of a passphrase")  # age measures the computer itself


def test_what_is_no_recipient_is_told() -> None:
    pytest.importorskip("pyrage", reason="the extra [encrypted] is not installed")
    with pytest.raises(NmtError, match="begins with age1"):
        envelope.seal_for(MARKER, ["my aunt"])


def test_a_plain_store_is_not_taken_for_an_encrypted_one(folder: Path, begin) -> None:
    with open_store(folder) as store:
        begin(store)
        assert not cipher.is_encrypted(store.file)
