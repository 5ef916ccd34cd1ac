"""Whether a check of the knowledge base refuses a mutant."""

from functools import cached_property

from nmt_expert.kb.checks import run_checks
from nmt_expert.kb.draft import Draft
from nmt_expert.kb.folder import knowledge_folder
from nmt_expert.kb.reading import read_draft
from nmt_expert.model.base import Record
from tests.proof.mutants import Mutant


class Checked:
    """Runs the checks over the knowledge base with the mutant in the rule's place."""

    @cached_property
    def _draft(self) -> Draft:
        return read_draft(knowledge_folder(None), None)

    def __call__(self, mutant: Mutant) -> bool:
        """Whether an error stops the mutated knowledge base from being loaded."""
        rules: dict[str, Record] = self._draft.tables["rule"]
        held = dict(rules)
        try:
            if mutant.mutated:
                rules[mutant.rule.id] = mutant.mutated
            else:
                del rules[mutant.rule.id]
            return bool(run_checks(self._draft, "error"))
        finally:
            rules.clear()
            rules.update(held)
