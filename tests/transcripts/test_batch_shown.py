"""Many cases at once read as they were last read and found good; see ``batch_shown``."""

from pathlib import Path

from tests.transcripts.batch_shown import SHOWN, play


def test_cases_are_assessed_refused_gone_on_with_and_kept_from_harm(tmp_path: Path) -> None:
    assert play(tmp_path) == SHOWN.read_text(encoding="utf-8")
