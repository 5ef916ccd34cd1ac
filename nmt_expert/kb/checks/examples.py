"""Every rule's two examples are clients that could exist."""

from collections.abc import Iterator

from nmt_expert.kb.answers import objections
from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.model.errors import Fault
from nmt_expert.model.rule import Example, ExampleAnswer, Given, Rule

UNTESTED = "The rule could not be tested with it."


def _examples(survey: Survey) -> Iterator[tuple[Rule, str, Example]]:
    for rule in survey.rules.values():
        yield rule, "fires", rule.examples.fires
        yield rule, "silent", rule.examples.silent


class ExampleAnswersFit(Check):
    """The answers of an example fit their findings, as in a case file.

    One liberty: pain in a region may leave its side out, since red flags have no sides.
    """

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault an objection; unknown names are reported elsewhere."""
        for rule, name, example in _examples(survey):
            for n, answer in enumerate(example.answers):
                finding = survey.findings.get(answer.finding)
                if finding is None or (answer.site and answer.site not in survey.sites):
                    continue
                found = objections(finding, answer.site, answer.side, answer.value, survey.sites)
                for key, says, remedy in found:
                    if key == "side" and answer.side is None and self._in_region(survey, answer):
                        continue
                    path = ("examples", name, "answers", n, key)
                    yield survey.fault("rule", rule.id, path, says, UNTESTED, remedy)

    @staticmethod
    def _in_region(survey: Survey, answer: ExampleAnswer) -> bool:
        return answer.site is not None and survey.sites[answer.site].kind == "region"


class ExampleGivensFit(Check):
    """What an example takes as drawn is a candidate or a band, at a fitting site."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a given."""
        for rule, name, example in _examples(survey):
            for n, given in enumerate(example.given):
                for key, says, remedy in self._objections(survey, given):
                    path = ("examples", name, "given", n, key)
                    yield survey.fault("rule", rule.id, path, says, UNTESTED, remedy)

    @staticmethod
    def _objections(survey: Survey, given: Given) -> Iterator[tuple[str, str, str]]:
        if (given.candidate is None) == (given.band is None):
            yield "site", "a given is either a candidate or a band", "Write one of the two."
        if (given.band is None) != (given.at_least is None):
            yield (
                "at_least",
                "a band, and only a band, has at_least",
                "Add at_least: weak, moderate or strong.",
            )
        kind = survey.conclusions.get(given.candidate or given.band or "")
        site = survey.sites.get(given.site)
        if kind and site and kind.site != site.kind:
            yield "site", f"{kind.id} is about a {kind.site}, but {site.id} is a {site.kind}", ""
        if site and site.sided != (given.side is not None):
            wanted = "Add side: left or right." if site.sided else "Leave the side out."
            yield "site", f"{site.id} has {'' if site.sided else 'no '}left and right", wanted


class ExamplesDiffer(Check):
    """The near miss is another client than the one that fires the rule."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a rule."""
        for rule in survey.rules.values():
            if rule.examples.fires == rule.examples.silent:
                says = "both examples are the same"
                yield survey.fault(
                    "rule",
                    rule.id,
                    ("examples", "silent"),
                    says,
                    "It cannot fire and be silent.",
                    "Change one finding of the second.",
                )
