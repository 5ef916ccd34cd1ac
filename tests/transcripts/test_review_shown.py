"""A supervisor's work reads as it was last read and found good; see ``review_shown``."""

from pathlib import Path

from tests.transcripts.review_shown import SHOWN, play


def test_a_supervisor_opens_disagrees_signs_verifies_replays_and_signs_a_rule(
    tmp_path: Path,
) -> None:
    assert play(tmp_path) == SHOWN.read_text(encoding="utf-8")
