"""The field is there: what five overviews of the therapy name, and what covers each item.

``field.yml`` lists the items. One is covered by rules (full ids), findings, flags, techniques or
sites; one that is left out on purpose says why.
"""

from pathlib import Path

import pytest
import yaml

from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import FindingCondition, atoms

NAMED = yaml.safe_load(Path(__file__).with_name("field.yml").read_text(encoding="utf-8"))
LEFT_OUT, WORDS = NAMED.pop("left_out"), NAMED.pop("words")
ITEMS = {f"{part}: {item}": ids for part, items in NAMED.items() for item, ids in items.items()}


@pytest.fixture(scope="module")
def entries(kb: KnowledgeBase) -> dict[str, str]:
    """Every label and synonym that can be looked up, by the id it stands for."""
    kinds = (kb.findings, kb.sites, kb.flags, kb.conclusions, kb.techniques)
    return {
        entry.id: " ".join((entry.label, *getattr(entry, "synonyms", ()))).lower()
        for kind in kinds
        for entry in kind.values()
    }


@pytest.mark.parametrize("item", ITEMS)
def test_each_item_of_the_field_is_covered(item: str, kb: KnowledgeBase) -> None:
    known = {*kb.rules, *kb.findings, *kb.flags, *kb.techniques, *kb.sites}
    assert ITEMS[item]
    assert [name for name in ITEMS[item] if name not in known] == []


def test_every_finding_that_covers_an_item_is_used_by_a_rule(kb: KnowledgeBase) -> None:
    used = {
        atom.finding
        for rule in kb.rules.values()
        for atom in atoms(rule.when)
        if isinstance(atom, FindingCondition)
    }
    named = {name for names in ITEMS.values() for name in names if name in kb.findings}
    assert named - used == set()


@pytest.mark.parametrize("word", WORDS)
def test_each_word_of_the_field_finds_an_entry(word: str, entries: dict[str, str]) -> None:
    assert [id for id, text in entries.items() if word in text]


def test_each_item_left_out_says_why() -> None:
    assert all(LEFT_OUT.values())
    assert not {item for items in NAMED.values() for item in items} & LEFT_OUT.keys()
