"""What a person may call an entry: its id, its label, a synonym or an abbreviation."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from nmt_expert.model.base import Record
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Advise
from nmt_expert.model.words import humanised

MOST_NAMED = 6
"""How many entries are offered for a name that nothing has."""
_LIKE = 0.75


@dataclass(frozen=True, order=True)
class Named:
    """An entry by its kind and id, with the words a person reads for it."""

    kind: str
    id: str
    label: str

    def __str__(self) -> str:
        return f"{self.id} ({self.kind}: {self.label})"


def tables(kb: KnowledgeBase) -> dict[str, Mapping[str, Record]]:
    """Everything that has an entry, by kind; advice that is no flag is as its first rule says."""
    return {
        "site": kb.sites,
        "finding": kb.findings,
        "conclusion": kb.conclusions,
        "flag": kb.flags,
        "technique": kb.techniques,
        "measure": kb.measures,
        "advice": _advice(kb),
        "factor": kb.factors,
        "relation": kb.relation_tables,
        "question": kb.questions,
        "rule": kb.rules,
        "source": kb.sources,
    }


def label_of(record: Record, id: str) -> str:
    """The words a person reads for an entry."""
    for field in ("label", "title", "citation"):
        if words := getattr(record, field, None):
            return str(words)
    return humanised(id).capitalize()


def find(kb: KnowledgeBase, name: str) -> tuple[Named, ...]:
    """The entries that ``name`` may mean: those of that id, else of that label or synonym.

    An id may stand once in each table. More than one entry of a label or synonym is ambiguous.
    """
    exact = tuple(each for each in _entries(kb) if each.id == name)
    return exact or tuple(sorted(_index(kb).get(_form(name), ())))


def near(kb: KnowledgeBase, name: str) -> tuple[Named, ...]:
    """The entries that may have been meant: those that share most words, then the most similar."""
    index, wanted = _index(kb), _form(name)
    words = set(wanted.split())
    shared = {form: len(words & set(form.split())) for form in sorted(index)}
    alike = get_close_matches(wanted, shared, MOST_NAMED, _LIKE)
    sharing = [form for form in shared if 2 * shared[form] > len(words)]
    sharing.sort(key=lambda form: (-shared[form], len(form)))
    found = (each for form in (*sharing, *alike) for each in sorted(index[form]))
    return tuple(dict.fromkeys(sorted(found, key=_is_small_print)))[:MOST_NAMED]


def _is_small_print(named: Named) -> bool:
    """Whether it is seldom what a person looks for."""
    return named.kind in ("source", "rule")


def technique_id(kb: KnowledgeBase, name: str) -> str | None:
    """The id of the technique that has this id, label or synonym; None when none has."""
    wanted = _form(name)
    for id, technique in kb.techniques.items():
        if wanted in map(_form, (id, technique.label, *technique.synonyms)):
            return id
    return None


def _advice(kb: KnowledgeBase) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for rule in kb.rules.values():
        for outcome in rule.then:
            if isinstance(outcome, Advise) and outcome.advice not in kb.flags:
                found.setdefault(outcome.advice, outcome)
    return found


def _entries(kb: KnowledgeBase) -> Iterator[Named]:
    for kind, table in tables(kb).items():
        for id, record in table.items():
            yield Named(kind, id, label_of(record, id))


def _index(kb: KnowledgeBase) -> dict[str, set[Named]]:
    """Entries by every name they have, in one form."""
    index: dict[str, set[Named]] = defaultdict(set)
    found = tables(kb)
    for each in _entries(kb):
        record = found[each.kind][each.id]
        for name in (each.id, each.id.rpartition(".")[2], each.label, *_synonyms(record)):
            index[_form(name)].add(each)
    return index


def _synonyms(record: Record) -> tuple[str, ...]:
    return getattr(record, "synonyms", ())


def _form(name: str) -> str:
    """Small letters, with one space for whatever stands between words and figures."""
    return " ".join(re.split(r"[\W_]+", name.lower())).strip()
