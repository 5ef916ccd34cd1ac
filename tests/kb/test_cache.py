"""What was checked once is not checked again; what is wrong with the cache is nobody's trouble."""

import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from nmt_expert.kb import cache, load, loader
from nmt_expert.model.errors import KnowledgeBaseInvalid

posix = pytest.mark.skipif(os.name != "posix", reason="modes and owners as in POSIX")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time the files are read and checked."""
    times: list[str] = []
    real = loader.read_draft

    def counted(*roots: Path | None) -> object:
        times.append("read")
        return real(*roots)

    monkeypatch.setattr(loader, "read_draft", counted)
    return times


def add_a_comment(knowledge: Path, text: str) -> None:
    path = knowledge / "knowledge/flags.yml"
    path.write_text(path.read_text() + f"# {text}\n")


def the_file(folder: Path) -> Path:
    (one,) = folder.glob("knowledge-*.json")
    return one


def test_the_second_time_gives_the_same_without_reading(copy, folder, read):
    first = load(copy)
    assert load(copy) == first
    assert read == ["read"]


def test_the_real_knowledge_comes_back_whole(folder, read, monkeypatch):
    first = load()
    again = load()
    assert again == first
    assert read == ["read"]
    assert [again.rules[name].when for name in again.rules] == [
        r.when for r in first.rules.values()
    ]
    with pytest.raises(TypeError):
        again.rules["x"] = None


@posix
def test_it_is_private(copy, folder):
    load(copy)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(the_file(folder).stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["knowledge/flags.yml", "rules/focus/.hidden.yml"])
def test_a_changed_file_is_read_again(name, copy, folder, read):
    load(copy)
    path = copy / name
    path.write_text(path.read_text() + "# changed\n" if path.exists() else "[]\n")
    load(copy)
    assert read == ["read", "read"]


def test_a_broken_knowledge_base_is_never_kept(copy, folder):
    (copy / "knowledge/flags.yml").unlink()
    for _ in range(2):
        with pytest.raises(KnowledgeBaseInvalid):
            load(copy)
    assert not folder.exists()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def turned(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Heart", b"Beart"))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def of_another_form(path: Path) -> None:
    """Whole, but not what this version of the program keeps."""
    body = b'{"version": "1"}'
    path.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


def opened(path: Path) -> None:
    path.chmod(0o640)


def linked(path: Path) -> None:
    target = path.with_suffix(".elsewhere")
    path.rename(target)
    path.symlink_to(target)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES = [cut, turned, emptied, of_another_form]
if os.name == "posix":
    DAMAGES += [opened, linked, a_folder]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_cache_that_cannot_be_believed_is_rebuilt_silently(damage, copy, folder, read, capsys):
    first = load(copy)
    damage(the_file(folder))
    assert load(copy) == first
    assert read == ["read", "read"]
    assert capsys.readouterr() == ("", "")
    if damage is not a_folder:
        load(copy)
        assert read == ["read", "read"]


@posix
def test_a_file_of_another_user_is_not_believed(copy, folder, read, monkeypatch):
    load(copy)
    monkeypatch.setattr(os, "geteuid", lambda: the_file(folder).stat().st_uid + 1)
    load(copy)
    assert read == ["read", "read"]


@posix
def test_nothing_is_put_where_others_may_write(copy, folder):
    folder.mkdir()
    folder.chmod(0o777)
    load(copy)
    assert list(folder.iterdir()) == []


def test_it_can_be_turned_off(copy, folder, read, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, "off")
    load(copy)
    load(copy)
    assert read == ["read", "read"]
    assert not folder.exists()


def test_a_place_that_cannot_hold_it_is_no_fault(copy, folder):
    folder.write_text("a file, no folder")
    assert load(copy) == load(copy)


def test_files_that_change_while_they_are_read_are_not_kept(copy, folder, monkeypatch):
    real = loader.read_draft

    def slow(*roots: Path | None) -> object:
        draft = real(*roots)
        add_a_comment(copy, "later")
        return draft

    monkeypatch.setattr(loader, "read_draft", slow)
    load(copy)
    assert not folder.exists()


def test_only_the_last_few_are_kept(copy, folder):
    for n in range(cache.MOST_KEPT + 2):
        add_a_comment(copy, str(n))
        load(copy)
    assert len(list(folder.iterdir())) == cache.MOST_KEPT


def test_it_does_not_depend_on_the_hash_seed(copy, folder):
    script = "import sys; from nmt_expert.kb import load; print(load(sys.argv[1]).sha256)"
    for seed in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", script, str(copy)], env=environment, check=True)
    assert the_file(folder)
