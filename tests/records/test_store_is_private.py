"""Only the user can read the store; a place where that cannot be had is refused."""

import os
import stat
from pathlib import Path

import pytest

from nmt_expert.model.errors import StoreProblem
from nmt_expert.records import Store, open_store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folder_and_files_belong_to_the_user_alone_whatever_the_umask(folder: Path, begin) -> None:
    before = os.umask(0)
    try:
        with open_store(folder) as store:
            begin(store)
            files = sorted(store.file.parent.iterdir())
            assert [mode(path) for path in files] == [0o600] * 3
            assert mode(folder) == 0o700
    finally:
        os.umask(before)


def test_modes_that_were_opened_are_closed_again(folder: Path) -> None:
    with open_store(folder) as store:
        file = store.file
    folder.chmod(0o755)
    file.chmod(0o644)
    with open_store(folder):
        assert (mode(folder), mode(file)) == (0o700, 0o600)


def test_an_empty_folder_of_the_users_own_is_closed_and_used(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o755)
    with open_store(folder):
        assert mode(folder) == 0o700


def test_a_folder_that_serves_other_things_too_is_refused_and_left_alone(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "holiday.jpg").touch()
    with pytest.raises(StoreProblem, match=r"other people .* chmod 700"):
        open_store(folder)
    assert mode(folder) == 0o755
    assert [path.name for path in folder.iterdir()] == ["holiday.jpg"]


def test_a_common_folder_such_as_tmp_is_never_taken_from_the_others(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o1777)
    with pytest.raises(StoreProblem, match="holds other things"):
        open_store(folder)
    assert mode(folder) == 0o1777


@pytest.mark.in_a_file
def test_what_clients_said_stays_out_of_error_texts(store: Store, begin) -> None:
    interview = begin(store)
    with store._database.write() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(StoreProblem, match="the disk is full") as caught:
        store.note(interview, "marker " * 9000, "2026-11-20T10:01:00Z")
    assert "marker" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert store.state(interview).notes == ()
