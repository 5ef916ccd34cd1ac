"""Forms out and in read as they were last read and found good; see ``fhir_shown``."""

from pathlib import Path

import pytest

from tests.transcripts.fhir_shown import SHOWN, play


def test_forms_go_out_come_back_and_are_refused_with_what_to_do(tmp_path: Path) -> None:
    pytest.importorskip("fhir.resources.R4B", reason="the extra [fhir] is not installed")
    assert play(tmp_path) == SHOWN.read_text(encoding="utf-8")
