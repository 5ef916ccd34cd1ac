"""Practice cases from their files: a client's case held to the vocabulary, and its key too."""

from collections.abc import Iterator
from pathlib import Path

from nmt_expert.kb.case_file import case_in
from nmt_expert.kb.document import Document, Unreadable, file_text
from nmt_expert.kb.marks import Path_
from nmt_expert.kb.nearest import did_you_mean
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.practice import PracticeCase

LOST = "The case cannot be practised."


def case_files(*folders: Path) -> list[Path]:
    """Every case file below the folders, by name; a later folder's file replaces an earlier one."""
    found = {path.name: path for folder in folders for path in sorted(folder.glob("*.yml"))}
    return [found[name] for name in sorted(found)]


def read_practice_case(path: Path, kb: KnowledgeBase) -> PracticeCase:
    """The practice case in a file.

    Raises:
        InputInvalid: with every fault of the file.
    """
    try:
        text = file_text(path, str(path))
    except Unreadable as stop:
        raise InputInvalid(list(stop.faults)) from None
    case, document = case_in(text, str(path), kb, PracticeCase)
    if faults := [*_key_faults(case, document, kb)]:
        raise InputInvalid(faults)
    return case


def _key_faults(case: PracticeCase, document: Document, kb: KnowledgeBase) -> Iterator[Fault]:
    """Names in the key, and beside it, that the knowledge base does not have."""
    for path, what, name, known in _named(case, kb):
        if name not in known:
            says = f"unknown {what} {name!r}"
            yield Fault(document.place(path), says, LOST, did_you_mean(name, known))


Named = tuple[Path_, str, str, frozenset[str]]


def _named(case: PracticeCase, kb: KnowledgeBase) -> Iterator[Named]:
    """Every name: where it stands, what it names, and what it may be."""
    regions = frozenset(site.id for site in kb.of_kind("region"))
    topics = frozenset(topic.id for topic in kb.practice.topics) if kb.practice else frozenset()
    yield ("region",), "region", case.region, regions
    yield ("topic",), "topic", case.topic, topics
    for n, point in enumerate(case.teaching):
        for source in point.sources:
            yield ("teaching", n, "sources"), "source", source, frozenset(kb.sources)
    for n, group in enumerate(case.key.factors):
        for factor in group:
            yield ("key", "factors", n), "factor", factor, frozenset(kb.factors)
    for n, drawn in enumerate(case.key.conclusions):
        path: Path_ = ("key", "conclusions", n)
        yield (*path, "conclude"), "conclusion", drawn.conclude, frozenset(kb.conclusions)
        yield (*path, "site"), "site", drawn.site, frozenset(kb.sites)
    for n, focus in enumerate(case.key.focus):
        path = ("key", "focus", n)
        yield (*path, "site"), "site", focus.site, frozenset(kb.sites)
        for name in focus.technique:
            yield (*path, "technique"), "technique", name, frozenset(kb.techniques)
    for n, raised in enumerate(case.key.referrals):
        path = ("key", "referrals", n, "flag")
        yield path, "flag", raised.flag, frozenset(kb.flags)
