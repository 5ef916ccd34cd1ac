"""Results in files are private and whole."""

import stat
from pathlib import Path

import pytest

from nmt_expert.cli.output import emit
from nmt_expert.model.errors import NmtError


def test_a_result_file_is_private(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    emit("words\n", target)
    assert target.read_text(encoding="utf-8") == "words\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_result_replaces_the_one_before_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    emit("old\n", target)
    emit("new\n", target)
    assert target.read_text(encoding="utf-8") == "new\n"
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NmtError, match="cannot be written"):
        emit("words\n", tmp_path / "nowhere" / "report.txt")
