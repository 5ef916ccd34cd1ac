"""Why a prompt is asked: the question's own reason, and the rules that its answers feed."""

from collections.abc import Mapping
from dataclasses import dataclass

from nmt_expert.interview.prompts import Prompt
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import FindingCondition, Rule, atoms


@dataclass(frozen=True)
class Why:
    """A sentence, and for each item by its key the titles of the rules that use it, flags first."""

    sentence: str
    rules: Mapping[str, tuple[str, ...]]


def why(prompt: Prompt, kb: KnowledgeBase) -> Why:
    """The reason for a prompt, from the knowledge base alone."""
    asked = {item.finding for item in prompt.items}
    titles: dict[str, list[str]] = {finding: [] for finding in asked}
    for rule in sorted(kb.rules.values(), key=lambda rule: rule.role != "refer"):
        for finding in asked & _findings(rule):
            titles[finding].append(rule.title)
    using = {item.key: tuple(dict.fromkeys(titles[item.finding])) for item in prompt.items}
    return Why(prompt.question.why, using)


def _findings(rule: Rule) -> set[str]:
    return {atom.finding for atom in atoms(rule.when) if isinstance(atom, FindingCondition)}
