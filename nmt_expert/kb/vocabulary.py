"""What a name in a person's file means: an id, a former id, a synonym or a label."""

from collections.abc import Mapping
from functools import cached_property

from nmt_expert.kb.nearest import nearest
from nmt_expert.model.finding import Finding
from nmt_expert.model.site import Site

Named = Finding | Site


class Vocabulary:
    """Records by everything they may be called; made once for many names."""

    def __init__(self, records: Mapping[str, Named]) -> None:
        self._records = records

    @cached_property
    def _known(self) -> dict[str, list[str]]:
        known: dict[str, list[str]] = {}
        for one in self._records.values():
            for word in _names(one):
                known.setdefault(word, []).append(one.id)
        return known

    def meanings(self, name: str) -> list[str]:
        """The ids that ``name`` may mean, in any case and with spaces or underscores.

        One: that is what is meant. Several: the name is ambiguous. None: nobody declared it.
        """
        return [name] if name in self._records else self._known.get(_plain(name), [])

    def suggestions(self, name: str) -> list[str]:
        """The ids that someone who wrote ``name`` may have wanted, nearest first."""
        found = nearest(_plain(name)[:80], self._known, 5)
        return list(dict.fromkeys(self._known[word][-1] for word in found))[:3]


def _names(record: Named) -> set[str]:
    return {_plain(word) for word in (record.id, record.label, *record.synonyms)}


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", " ").replace("-", " ")
