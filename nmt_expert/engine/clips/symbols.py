"""Names and words as CLIPS reads them: nothing in a knowledge base can end one and begin another.

Ids are CLIPS symbols as they stand. Whatever else a name holds is written ``%`` and its bytes, so
that a blank, a bracket or a question mark stays a part of the name.
"""

import re
from urllib.parse import unquote

from nmt_expert.model.text import clean

NONE = "-"
"""Stands where a fact has no site, or a relation no kind; no name is written so."""
_UNSAFE = re.compile(r"^[^A-Za-z]|[^A-Za-z0-9_.]")


def symbol(name: str) -> str:
    """A name as a CLIPS symbol; :func:`name_of` reads it back."""
    return _UNSAFE.sub(_as_bytes, name) if name else NONE


def name_of(symbol: str) -> str:
    """The name that a symbol was written for."""
    if symbol == NONE:
        return ""
    return unquote(symbol) if "%" in symbol else symbol


def string(text: str) -> str:
    """A text as a CLIPS string, with its quotation marks."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def comment(text: str) -> str:
    """A text as the rest of one comment line."""
    return f";;; {' '.join(clean(text).split())}"


def _as_bytes(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
