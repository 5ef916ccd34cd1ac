"""Case files named on the command line, read together so that one run tells every fault."""

import sys
from typing import TYPE_CHECKING

from nmt_expert.model.errors import Fault, InputInvalid

if TYPE_CHECKING:
    from nmt_expert.model.case import Case
    from nmt_expert.model.knowledge import KnowledgeBase

STANDARD_INPUT = "-"
_NAME_OF_STDIN = "standard input"


def read_cases(names: list[str], kb: "KnowledgeBase") -> "list[Case]":
    """The cases in these files, in order.

    Raises:
        InputInvalid: with the faults of all of them.
    """
    cases, faults = [], []
    for name in names:
        try:
            cases.append(read_one(name, kb))
        except InputInvalid as error:
            faults += error.faults
    if faults:
        raise InputInvalid(faults)
    return cases


def read_one(name: str, kb: "KnowledgeBase") -> "Case":
    """The case in one file, or on standard input."""
    from nmt_expert.kb import read_case, read_case_text

    if name == STANDARD_INPUT:
        return read_case_text(_standard_input(), _NAME_OF_STDIN, kb)
    return read_case(name, kb)


def _standard_input() -> str:
    """What is piped in; one byte more than a case may have is enough to be refused."""
    from nmt_expert.kb.document import MAX_BYTES

    raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        return raw.decode("utf-8-sig", "replace" if len(raw) > MAX_BYTES else "strict")
    except UnicodeDecodeError as error:
        fault = Fault(
            _NAME_OF_STDIN,
            f"byte {error.start} is not UTF-8",
            "Nothing was read.",
            "Save the case as UTF-8.",
        )
        raise InputInvalid([fault]) from None
