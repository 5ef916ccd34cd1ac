"""Why a prompt is asked: the question's own reason, and the rules that its answers feed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from nmt_expert.interview.prompts import Prompt
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import FindingCondition, atoms


@dataclass(frozen=True)
class Why:
    """A sentence, and for each item by its key the titles of the rules that use it, flags first."""

    sentence: str
    rules: Mapping[str, tuple[str, ...]]


def why(prompt: Prompt, kb: KnowledgeBase) -> Why:
    """The reason for a prompt, from the knowledge base alone."""
    titles = _titles(kb)
    using = {item.key: titles.get(item.finding, ()) for item in prompt.items}
    return Why(prompt.question.why, using)


def _titles(kb: KnowledgeBase) -> Mapping[str, tuple[str, ...]]:
    """The titles of the rules that use each finding, flags first."""
    if "titles" not in kb.derived:
        titles: dict[str, dict[str, None]] = defaultdict(dict)
        for rule in sorted(kb.rules.values(), key=lambda rule: rule.role != "refer"):
            for atom in atoms(rule.when):
                if isinstance(atom, FindingCondition):
                    titles[atom.finding][rule.title] = None
        kb.derived["titles"] = {finding: tuple(named) for finding, named in titles.items()}
    known: Mapping[str, tuple[str, ...]] = kb.derived["titles"]
    return known
