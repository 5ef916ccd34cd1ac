"""The practice cases there are, and whether the engine agrees with the key of one.

A case is a file ``nmt.practice/1``: the records are in :mod:`nmt_expert.model.practice`, the
strict reading in :mod:`nmt_expert.kb.practice_file`.
"""

from nmt_expert.kb.practice_file import case_files, read_practice_case
from nmt_expert.model.practice import Key, KeyFocus, PracticeCase

__all__ = ["Key", "KeyFocus", "PracticeCase", "case_files", "read_practice_case"]
