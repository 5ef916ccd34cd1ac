"""The hash that a signature puts under a record."""

import hashlib
import json
from collections.abc import Sequence

from nmt_expert.model.base import Record
from nmt_expert.model.case import Note
from nmt_expert.model.review import Words
from nmt_expert.model.text import cleaned_record


class Signed(Record):
    """A reviewer's name under a record: it covers its first ``entries`` entries.

    ``sha256`` is taken over the hashes of all of them, and so over answers, trace and remarks.
    """

    name: Words
    qualification: Words
    entries: int
    sha256: str
    words: Note | None = None


class Amended(Record):
    """Why a signed record is open for further remarks; what was signed stays as it was."""

    name: str
    why: Note


def signature(
    hashes: Sequence[str], *, name: str, qualification: str, words: str | None = None
) -> Signed:
    """What somebody signs: every entry so far, under a name; the words are cleaned."""
    return cleaned_record(
        Signed(
            name=name,
            qualification=qualification,
            entries=len(hashes),
            sha256=seal(hashes),
            words=words,
        )
    )


def seal(hashes: Sequence[str]) -> str:
    """One hash over those of all entries, oldest first."""
    return hashlib.sha256(json.dumps(list(hashes)).encode()).hexdigest()
