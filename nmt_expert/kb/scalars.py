"""What an unquoted word in a file means: as YAML 1.2 reads it, and no more."""

import math
import re

_NUMBER = re.compile(r"[-+]?(?:[0-9]+|(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)")
_FIRST = frozenset("0123456789+-.")
_LONGEST_NUMBER = 40
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}

AMBIGUOUS = frozenset(
    form
    for word in ("yes", "no", "on", "off", "true", "false")
    for form in (word, word.capitalize(), word.upper())
) - {"true", "false"}
"""Words that some readers of YAML take for true or false; refused without quotes."""


def plain_value(text: str) -> str | int | float | bool | None:
    """The value of an unquoted word: true, false, null, a decimal number, else the text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _FIRST or len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return text
    if text.lstrip("+-").isdecimal():
        return int(text)
    number = float(text)
    return number if math.isfinite(number) else text
