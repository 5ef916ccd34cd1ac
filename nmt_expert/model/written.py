"""A rule's text as it was when it fired: nothing of it is looked up later."""

from nmt_expert.model.base import Basis, Grade, Record


class WrittenCondition(Record):
    """A condition in words; ``parts`` are those of an "all of", "any of" or "at least 2 of"."""

    says: str
    parts: tuple["WrittenCondition", ...] = ()


class WrittenSource(Record):
    """Who says so: the whole citation, the place in it, and how much of the document was read."""

    source: str
    citation: str
    read: str
    locator: str
    says: str | None = None
    recalled: bool = False


class WrittenRule(Record):
    """One rule of the trace, by its id; ``version`` is the hash of its text.

    ``techniques`` are the ids of those it proposes; ``labels`` are words such as "unreviewed" that
    stood beside it on that day.
    """

    version: str
    title: str
    role: str
    status: str
    when: WrittenCondition
    because: str
    limits: str
    grade: Grade
    basis: Basis
    labels: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    sources: tuple[WrittenSource, ...]
