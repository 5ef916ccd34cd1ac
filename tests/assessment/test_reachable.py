"""What a rule's variables may stand for: narrowed by the anatomy a rule needs, and by no more."""

from nmt_expert.assessment import supposed, why_not
from nmt_expert.assessment.reachable import _named, _typed, reachable
from nmt_expert.kb import read_case_text
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Any_, RelationCondition, Rule, atoms
from nmt_expert.model.site import VARIABLE_KINDS


def joined(kb: KnowledgeBase, needed: RelationCondition) -> set[tuple[str, str]]:
    rows = (row for row in kb.relations if row.relation == needed.relation)
    return {(row.from_, row.to) for row in rows if needed.kind in (None, row.kind)}


def relating(kb: KnowledgeBase) -> list[tuple[Rule, RelationCondition]]:
    """Every rule that needs a relation between two variables, and that relation."""
    return [
        (rule, atom)
        for rule in kb.rules.values()
        if not any(isinstance(part, Any_) for part in getattr(rule.when, "all", ()))
        for atom in getattr(rule.when, "all", ())
        if isinstance(atom, RelationCondition) and atom.from_[:1] == atom.to[:1] == "$"
    ]


def test_a_bound_end_leaves_to_the_other_only_what_the_anatomy_joins_to_it(kb: KnowledgeBase):
    for rule, atom in relating(kb):
        start = sorted(joined(kb, atom))[0][0]
        ends = {end for begin, end in joined(kb, atom) if begin == start}
        assert set(reachable(rule, {atom.from_: start}, kb)[atom.to]) <= ends, rule.id


def test_no_rule_is_left_without_a_place_it_could_be_about(kb: KnowledgeBase):
    for rule in kb.rules.values():
        assert all(reachable(rule, {}, kb).values()), rule.id


def test_a_relation_that_is_one_way_of_several_narrows_nothing(kb: KnowledgeBase):
    rule, atom = relating(kb)[0]
    either = rule.model_copy(update={"when": Any_(any=(atom, *atoms(rule.when)))})
    sites = reachable(either, {}, kb)[atom.from_]
    assert {kb.sites[one].kind for one in sites} <= set(VARIABLE_KINDS[atom.from_])
    assert len(sites) == sum(one.kind in VARIABLE_KINDS[atom.from_] for one in kb.sites.values())


def test_why_not_names_the_same_rules_however_little_is_supposed(kb, engine, monkeypatch):
    def everything(rule, bound, kb):
        return {n: (bound[n],) if n in bound else _typed(n, kb) for n in _named(rule)}

    text = "schema: nmt.case/1\ncomplaint: {text: x, sites: [{site: temple, side: right}]}\n"
    case = read_case_text(text, "case", kb)
    narrow = [why_not(case, of, kb, engine) for of in ("levator_scapulae:right", "ischemia")]
    monkeypatch.setattr(supposed, "reachable", everything)
    wide = [why_not(case, of, kb, engine) for of in ("levator_scapulae:right", "ischemia")]
    assert narrow == wide
