"""Text from people is hostile until cleaned: names, notes and file contents pass here first."""

import re
from typing import Any, TypeVar

from pydantic import BaseModel

_RecordT = TypeVar("_RecordT", bound=BaseModel)

_HARMFUL = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f"  # C0 but newline and tab, and DEL: escape codes start here
    "\x80-\x9f"  # C1: one-byte escape codes
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls: text that reads as another
    "\u200b-\u200d\u2060-\u2065\ufeff\xad\u180e\ufff9-\ufffb"  # no width: text that hides
    "\U000e0000-\U000e007f"  # tags: a whole sentence may hide in them
    "\ud800-\udfff"  # half a character, which no file can hold
    "]"
)

_LONGEST_NAME = 60


def clean(text: str) -> str:
    """The text without characters that steer a terminal or hide; line ends become newlines."""
    return _HARMFUL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def quoted(value: object, words: int = 1) -> str:
    """What was written, as a message may repeat it: a name of so many words at most.

    What is longer is left out: it may be what a client said, in the wrong place of a file.
    """
    text = str(value)
    named = len(text) <= _LONGEST_NAME and len(text.split()) <= words and '"' not in text
    return repr(value) if named else "'...'"


def cleaned(value: Any) -> Any:
    """The same lists and mappings with every text in them cleaned."""
    match value:
        case str():
            return clean(value)
        case dict():
            return {cleaned(key): cleaned(part) for key, part in value.items()}
        case list() | tuple():
            return [cleaned(part) for part in value]
    return value


def cleaned_record(record: _RecordT) -> _RecordT:
    """The same record with every text in it cleaned."""
    return type(record).model_validate(cleaned(record.model_dump(mode="json", by_alias=True)))
