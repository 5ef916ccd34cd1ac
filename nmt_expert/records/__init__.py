"""The record store: what clients told, answer by answer, and what was concluded.

One private SQLite file, or a database on a server for many seats. Nothing in it is changed: every
answer, undo and note is a new journal entry, chained to the one before. The only room that imports
the database library.
"""

from nmt_expert.records.chain import Break
from nmt_expert.records.entries import Entry, Standing
from nmt_expert.records.register import InterviewId
from nmt_expert.records.reviews import Reviews
from nmt_expert.records.store import Store, open_store
from nmt_expert.records.views import AnsweredPrompt, InterviewNote, StoredInterview, Summary

__all__ = [
    "AnsweredPrompt",
    "Break",
    "Entry",
    "InterviewId",
    "InterviewNote",
    "Reviews",
    "Standing",
    "Store",
    "StoredInterview",
    "Summary",
    "open_store",
]
