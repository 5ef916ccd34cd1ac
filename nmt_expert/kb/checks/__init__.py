"""The rules that the knowledge keeps, one small class each; a new one is listed in CHECKS."""

from nmt_expert.kb.checks import (
    conditions,
    contradiction,
    coverage,
    evidence,
    examples,
    findings,
    names,
    outcomes,
    plan,
    questions,
    reach,
    redundancy,
    relations,
    settings,
    sides,
    unused,
    variables,
)
from nmt_expert.kb.checks.base import Check, Severity, Survey
from nmt_expert.kb.draft import Draft
from nmt_expert.model.errors import Fault

__all__ = ["CHECKS", "Check", "Survey", "run_checks"]

CHECKS: tuple[Check, ...] = (
    names.UndeclaredName(),
    findings.NormalIsAValue(),
    findings.ValuesAreAnswers(),
    findings.BandsCoverTheNumber(),
    findings.RedFlagIsNeverUnsure(),
    findings.SidedBySiteHasSite(),
    findings.QuestionTextFits(),
    findings.OldIdIsClear(),
    relations.PartOfIsRegionOrGroup(),
    relations.RelationEndsFit(),
    relations.RelationKindIsDeclared(),
    relations.RelationIsNotDerived(),
    relations.PairIsWrittenOnce(),
    conditions.ValueIsPossible(),
    conditions.ValueOrList(),
    conditions.SiteFitsFinding(),
    conditions.SideFitsFinding(),
    conditions.RelationCanHold(),
    conditions.ConclusionFitsSite(),
    conditions.BandsOnlyInPlan(),
    variables.VariableIsKnown(),
    variables.ThenVariableIsBound(),
    variables.AskVariableIsBound(),
    variables.PlaceholderIsKnown(),
    outcomes.OutcomeFitsRole(),
    outcomes.FactorAgrees(),
    outcomes.ConcludedSiteFits(),
    outcomes.SidedConclusionHasSide(),
    outcomes.FlagFitsUse(),
    outcomes.SuppressionFitsUrgency(),
    outcomes.SuppressedPlaceIsRegion(),
    examples.ExampleAnswersFit(),
    examples.ExampleGivensFit(),
    examples.ExamplesDiffer(),
    questions.AskFitsFinding(),
    questions.QuestionAsksSomething(),
    contradiction.ConditionsAgree(),
    contradiction.CountCanBeReached(),
    sides.ConditionKeepsSide(),
    redundancy.DuplicateRule(),
    redundancy.SubsumedRule(),
    reach.QuestionCanOpen(),
    reach.CandidateIsGrounded(),
    reach.CandidateIsNew(),
    reach.PairIsKnown(),
    reach.PlaceIsAsked(),
    plan.FocusHasTechnique(),
    plan.TechniqueIsNotBanned(),
    plan.GuardedMuscleIsCleared(),
    plan.ReferralNamesSomebody(),
    plan.NormalFiresNothing(),
    coverage.FindingIsAsked(),
    coverage.FindingIsUsed(),
    coverage.AwaitedConclusionIsDrawn(),
    coverage.FlagIsRaised(),
    coverage.TechniqueIsUsed(),
    unused.ValueIsUsed(),
    unused.SourceIsCited(),
    unused.ConclusionIsDrawn(),
    unused.PairIsUsed(),
    settings.CertaintyIsOrdered(),
    settings.PlanNamesFit(),
    settings.UrgenciesAreComplete(),
    evidence.BasisAgreesWithSources(),
    evidence.LocatorAgreesWithSource(),
    evidence.TitleFitsOneLine(),
    evidence.TitleIsUnique(),
)
"""Every check; all of them run, so that one run tells everything."""


def run_checks(draft: Draft, severity: Severity) -> list[Fault]:
    """Every fault that the checks of one severity find in a draft."""
    survey = Survey(draft)
    return [
        fault for check in CHECKS if check.severity == severity for fault in check.faults(survey)
    ]
