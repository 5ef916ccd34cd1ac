"""Whatever goes wrong ends in a sentence and an exit code, never in a traceback."""

import contextlib
import io
import unicodedata

import pytest
from hypothesis import given

from nmt_expert.cli import exit_codes
from nmt_expert.cli.errors import Interrupted, told
from nmt_expert.model.errors import (
    Fault,
    InputInvalid,
    KnowledgeBaseInvalid,
    NeedsTerminal,
    NmtError,
    SettingInvalid,
    StoreProblem,
    UnknownFinding,
)
from tests.reports.hostile import HOSTILE

TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""Characters after which a line reads in another direction."""
FAULT = [Fault("case.yml:3:5", "unknown finding 'x'", "It was not used.", "Name another.")]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NmtError("No."), exit_codes.FAILED),
        (NeedsTerminal("No terminal."), exit_codes.USAGE),
        (SettingInvalid("No setting."), exit_codes.USAGE),
        (KnowledgeBaseInvalid(FAULT), exit_codes.KNOWLEDGE_BASE_INVALID),
        (InputInvalid(FAULT), exit_codes.INPUT_INVALID),
        (UnknownFinding(FAULT), exit_codes.INPUT_INVALID),
        (StoreProblem("No store."), exit_codes.RECORD_STORE),
        (Interrupted(), exit_codes.INTERRUPTED),
        (KeyboardInterrupt(), exit_codes.INTERRUPTED),
    ],
)
def test_each_error_has_its_exit_code(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(error) == code
    assert "Traceback" not in capsys.readouterr().err


def test_a_fault_says_place_fault_consequence_and_remedy(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told(InputInvalid(FAULT))
    said = capsys.readouterr().err
    assert said == "case.yml:3:5: unknown finding 'x'. It was not used. Name another.\n"


def test_an_unexpected_error_keeps_client_data_to_itself(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NMT_EXPERT_DEBUG", raising=False)
    assert told(ValueError("Jane Doe, born 1970")) == exit_codes.FAILED
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "Jane" not in said


def test_debug_shows_the_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NMT_EXPERT_DEBUG", "1")
    told(ValueError("details"))
    assert "details" in capsys.readouterr().err


def test_escape_codes_in_an_error_are_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    told(NmtError("a\x1b[2Jb"))
    assert "\x1b" not in capsys.readouterr().err


def said_of(error: BaseException) -> str:
    """What a person reads of an error."""
    with contextlib.redirect_stderr(io.StringIO()) as said:
        told(error)
    return said.getvalue()


@given(HOSTILE)
def test_whatever_a_client_said_is_in_no_error_that_was_not_foreseen(words: str) -> None:
    assert said_of(ValueError(words)) == said_of(ValueError("nothing"))


@given(HOSTILE)
def test_nothing_in_a_sentence_about_an_error_steers_the_terminal(words: str) -> None:
    said = said_of(NmtError(words)).replace("\n", "").replace("\t", "")
    assert [x for x in said if unicodedata.category(x) in {"Cc", "Cs"}] == []
    assert [x for x in said if unicodedata.bidirectional(x) in TURNING] == []
