"""What is told by ``kb check`` without stopping anything."""

import pytest

from nmt_expert.kb import examine, load

CHANGES = {
    "rests on nothing that was read": (
        "rules/focus/muscles.yml",
        "basis: proposal",
        "basis: read",
        "basis is 'read', but none of its sources was read",
    ),
    "rests on more than it says": (
        "rules/trigger_points/band.yml",
        "basis: read",
        "basis: recalled",
        "basis is 'recalled', but one of its sources was read",
    ),
    "cites an abstract nobody read": (
        "knowledge/sources.yml",
        "read: abstract",
        "read: excerpt",
        "the abstract of del18 is cited, but what was read is: excerpt",
    ),
    "has a title of two lines": (
        "rules/cautions/skin.yml",
        "title: Young skin",
        f"title: {'Young skin ' * 9}",
        "the title has 98 characters, more than 90",
    ),
    "has the title of another": (
        "rules/cautions/skin.yml",
        "title: Young skin",
        "title: The chest is medically cleared",
        "the title is also that of cautions.skin.young",
    ),
    "declares a flag nobody raises": (
        "knowledge/flags.yml",
        "label: Tender skin}",
        "label: Tender skin}\n- {id: lost, kind: finding, label: Lost}",
        "no rule raises this",
    ),
    "declares a technique nobody uses": (
        "knowledge/techniques.yml",
        "basis: proposal}",
        "basis: proposal}\n- {id: heat, label: Heat, what: Warm., dose: Short., grade: D, "
        "basis: proposal}",
        "no rule proposes this or holds it back",
    ),
    "writes a pair twice": (
        "knowledge/relations/lies_in.yml",
        "rows:",
        "rows:\n  - {from: [rhomboids], to: [interscapular], basis: proposal}",
        "rhomboids to interscapular stands in more than one row",
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_knowledge_base_loads_with_a_warning_when_it(change, copy):
    file, before, after, says = change
    path = copy / file
    path.write_text(path.read_text().replace(before, after))
    found = examine(copy)
    assert found.errors == ()
    assert says in " ".join(fault.says for fault in found.warnings)
    assert load(copy) == found.kb
