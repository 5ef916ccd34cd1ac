"""What a name in a person's file means: an id, a former id, a synonym or a label."""

from collections.abc import Mapping

from nmt_expert.kb.nearest import nearest
from nmt_expert.model.finding import Finding
from nmt_expert.model.site import Site

Named = Finding | Site


def meanings(name: str, records: Mapping[str, Named]) -> list[str]:
    """The ids that ``name`` may mean, in any case and with spaces or underscores.

    One: that is what is meant. Several: the name is ambiguous. None: nobody declared it.
    """
    if name in records:
        return [name]
    wanted = _plain(name)
    return [one.id for one in records.values() if wanted in _names(one)]


def suggestions(name: str, records: Mapping[str, Named]) -> list[str]:
    """The ids that someone who wrote ``name`` may have wanted, nearest first."""
    known = {word: one.id for one in records.values() for word in _names(one)}
    found = nearest(_plain(name)[:80], known, 5)
    return list(dict.fromkeys(known[word] for word in found))[:3]


def _names(record: Named) -> set[str]:
    return {_plain(word) for word in (record.id, record.label, *record.synonyms)}


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", " ").replace("-", " ")
