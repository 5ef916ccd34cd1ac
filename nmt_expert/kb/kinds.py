"""The kinds of knowledge file: which files hold them, and which record each entry becomes."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import StringConstraints

from nmt_expert.model.base import Record
from nmt_expert.model.body_chart import ChartView
from nmt_expert.model.finding import Finding
from nmt_expert.model.knowledge import (
    Certainty,
    ConclusionKind,
    CountryNumbers,
    Factor,
    Flag,
    PlanRules,
    Source,
    Technique,
    UrgencyText,
)
from nmt_expert.model.measure import Measure
from nmt_expert.model.practice import PanelAnswer, PracticeRules
from nmt_expert.model.question import Question
from nmt_expert.model.review import ReviewReason, RuleReview
from nmt_expert.model.rule import RuleText
from nmt_expert.model.site import RelationTable, Site


class Version(Record):
    """Which edition of the knowledge this is."""

    version: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}\.[0-9]{1,2}(\.[0-9]+)?$")]


@dataclass(frozen=True)
class FileKind:
    """One kind of file. ``many``: a list of entries; else the file is one entry.

    ``key`` is the field that names an entry; ``lost`` says what a broken entry costs. Nothing works
    without a file that is ``needed``.
    """

    name: str
    pattern: str
    record: type[Record]
    many: bool = True
    key: str = "id"
    lost: str = "It was not loaded."
    needed: bool = True


KINDS: tuple[FileKind, ...] = (
    FileKind("source", "knowledge/sources.yml", Source, lost="Nothing could cite it."),
    FileKind("site", "knowledge/anatomy/*.yml", Site, lost="No rule could speak of it."),
    FileKind(
        "body_chart",
        "knowledge/body_chart/*.yml",
        ChartView,
        many=False,
        lost="No zone could be shown on it.",
    ),
    FileKind(
        "relation",
        "knowledge/relations/*.yml",
        RelationTable,
        many=False,
        key="relation",
        lost="No rule could use it.",
    ),
    FileKind("finding", "knowledge/findings/*.yml", Finding, lost="It could not be asked."),
    FileKind("factor", "knowledge/factors.yml", Factor, lost="It could not be ranked."),
    FileKind(
        "conclusion", "knowledge/conclusions.yml", ConclusionKind, lost="It could not be drawn."
    ),
    FileKind("flag", "knowledge/flags.yml", Flag, lost="It could not be raised."),
    FileKind("urgency", "knowledge/urgencies.yml", UrgencyText, lost="Referrals could not say it."),
    FileKind("technique", "knowledge/techniques.yml", Technique, lost="No focus could use it."),
    FileKind("numbers", "knowledge/numbers.yml", CountryNumbers, lost="It could not be shown."),
    FileKind(
        "measure",
        "knowledge/measures.yml",
        Measure,
        lost="Its scores could not be compared.",
        needed=False,
    ),
    FileKind("certainty", "knowledge/certainty.yml", Certainty, many=False, key=""),
    FileKind("plan", "knowledge/plan.yml", PlanRules, many=False, key=""),
    FileKind(
        "practice",
        "knowledge/practice.yml",
        PracticeRules,
        many=False,
        key="",
        lost="No case could be practised.",
        needed=False,
    ),
    FileKind("version", "knowledge/version.yml", Version, many=False, key=""),
    FileKind("question", "knowledge/interview/*.yml", Question, lost="It could not be asked."),
    FileKind("rule", "rules/*/*.yml", RuleText, lost="The rule could never fire."),
    FileKind(
        "panel",
        "knowledge/panel.yml",
        PanelAnswer,
        lost="The panel's answer would not count.",
        needed=False,
    ),
    FileKind(
        "review_reason",
        "knowledge/review_reasons.yml",
        ReviewReason,
        lost="No reviewer could give it.",
        needed=False,
    ),
    FileKind(
        "rule_review",
        "knowledge/reviews.yml",
        RuleReview,
        key="rule",
        lost="The rule would stay unreviewed.",
        needed=False,
    ),
)
"""In the order they are read: what others refer to comes first."""
