"""Variables mean something: a known name, bound before it is used."""

import re
from collections.abc import Iterator

from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.kb.conditions import SIDE, site_terms, surely_bound
from nmt_expert.kb.marks import Path_
from nmt_expert.kb.nearest import did_you_mean
from nmt_expert.model.errors import Fault
from nmt_expert.model.rule import Advise, Caution, Outcome, Refer, Rule, Treat
from nmt_expert.model.site import VARIABLE_KINDS


def _variables_of(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """The variables an outcome uses, each with the key it stands under."""
    site = getattr(outcome, "site", None)
    if isinstance(site, str) and site.startswith("$"):
        yield "site", site
    if getattr(outcome, "side", None) in (SIDE, "$other"):
        yield "side", SIDE
    key, text = _words_of(outcome)
    for name in (*VARIABLE_KINDS, SIDE):
        if f"{{{name[1:]}}}" in text:
            yield key, name


def _words_of(outcome: Outcome) -> tuple[str, str]:
    """The text of an outcome in which ``{muscle}`` may stand, and its key."""
    if isinstance(outcome, Treat):
        return "treat", outcome.treat
    return ("say", outcome.say) if isinstance(outcome, Advise | Caution | Refer) else ("", "")


class VariableIsKnown(Check):
    """A variable's name says what it ranges over, so only the typed names exist."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a use of an unknown variable."""
        for used in survey.used:
            for key, term in site_terms(used.atom):
                if term.startswith("$") and term not in VARIABLE_KINDS:
                    remedy = (
                        did_you_mean(term, VARIABLE_KINDS) or f"Known: {', '.join(VARIABLE_KINDS)}."
                    )
                    yield survey.at_atom(
                        used, key, f"unknown variable {term}", "It has no type.", remedy
                    )


class ThenVariableIsBound(Check):
    """What a rule concludes about is bound in its ``when``, whichever branch is met."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault an outcome's variable."""
        for rule in survey.rules.values():
            bound = surely_bound(rule.when)
            for n, outcome in enumerate(rule.then):
                for key, name in _variables_of(outcome):
                    if name not in bound:
                        yield self._fault(survey, rule, ("then", n, key), name)

    @staticmethod
    def _fault(survey: Survey, rule: Rule, path: Path_, name: str) -> Fault:
        says = f"{name} is used here but not bound in every way 'when' can be met"
        consequence = "The rule would not know what it speaks of."
        remedy = f"Put {name} on a condition that always holds, or write two rules."
        return survey.fault("rule", rule.id, path, says, consequence, remedy)


class AskVariableIsBound(Check):
    """What a question asks about is bound in its ``ask_when``."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault an item's variable."""
        for question in survey.questions.values():
            bound = surely_bound(question.ask_when) if question.ask_when else frozenset()
            named: list[tuple[Path_, str | None]] = [
                (("ask", n, key), term)
                for n, ask in enumerate(question.ask)
                for key, term in (("site", ask.site), ("side", ask.side))
            ]
            named += [(("together", n), name) for n, name in enumerate(question.together)]
            for path, name in named:
                if name and name.startswith("$") and name not in bound:
                    says = f"{name} is not bound in 'ask_when'"
                    consequence = "The question would not know what it asks about."
                    yield survey.fault(
                        "question",
                        question.id,
                        path,
                        says,
                        consequence,
                        "Bind it there, or name a place.",
                    )


class PlaceholderIsKnown(Check):
    """Curly brackets in what a rule says hold the name of a variable."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault an outcome whose brackets hold something else."""
        known = {name[1:] for name in (*VARIABLE_KINDS, SIDE)}
        for rule in survey.rules.values():
            for n, outcome in enumerate(rule.then):
                key, text = _words_of(outcome)
                for word in set(re.findall(r"\{([^}]*)\}?", text)) - known:
                    says = f"{{{word}}} is no placeholder"
                    remedy = did_you_mean(word, known)
                    yield survey.fault(
                        "rule",
                        rule.id,
                        ("then", n, key),
                        says,
                        "It would be printed as it is.",
                        remedy,
                    )
