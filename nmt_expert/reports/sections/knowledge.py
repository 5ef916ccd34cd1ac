"""How much of the knowledge used is unreviewed, and what this report is not."""

from collections import Counter

from nmt_expert.model.knowledge import Overlay
from nmt_expert.model.words import counted
from nmt_expert.reports.document import Bullets, Line, Section
from nmt_expert.reports.of_that_day import changed_since
from nmt_expert.reports.view import View

_CHANGED_SINCE = (
    "The knowledge base has changed since. Results and their reasons stand in the words of that "
    "day; what was still open, and what to do at once, in those of today."
)
_NO_TEXTS_KEPT = (
    "The knowledge base has changed since: what was concluded is as it was then, what its rules "
    "say is told as they stand now, since their texts were not kept with it."
)
PURPOSE = (
    "This report supports a trained person's judgement. It diagnoses no disease and replaces no "
    "examination by a physician."
)


def knowledge(view: View) -> Section:
    """The standing of the rules used, the version of the knowledge, and what the report is for."""
    base = view.assessment.knowledge_base
    names = {firing.rule for firing in view.assessment.firings}
    used = [rule for rule in map(view.rule, names) if rule]
    weak = Counter(label for rule in used for label in rule.labels)
    unreviewed = weak.pop("unreviewed", 0)
    lines = [
        Line(
            f"{counted(len(used), 'rule')} used, {unreviewed} of them unreviewed: no named, "
            "qualified person has signed them.",
            "caution" if unreviewed else "normal",
        )
    ]
    if weak:
        standing = ", ".join(f"{number} {label}" for label, number in sorted(weak.items()))
        lines.append(Line(f"Of the rules used: {standing}."))
    if overlay := base.get("overlay"):
        lines.append(Line(with_overlay(Overlay.model_validate(overlay))))
    if changed_since(view.assessment, view.now):
        kept = view.assessment.rules or not names
        lines.append(Line(_CHANGED_SINCE if kept else _NO_TEXTS_KEPT, "caution"))
    lines.append(
        Line(
            f"Knowledge base {base.get('version')}: {base.get('rules')} rules, "
            f"{base.get('unreviewed')} unreviewed; sha256 {str(base.get('sha256'))[:12]}.",
            "quiet",
        )
    )
    return Section("About this report", (Bullets((*lines, Line(PURPOSE))),))


def with_overlay(overlay: Overlay) -> str:
    """Which clinic's own entries were laid over the knowledge, and how much of it is theirs."""
    rules = [f"{counted(overlay.added.get('rule', 0), 'rule')} added"]
    rules.append(f"{overlay.replaced.get('rule', 0)} replaced")
    laid = (overlay.added, overlay.replaced, overlay.extended)
    others = sum(number for kinds in laid for kind, number in kinds.items() if kind != "rule")
    besides = f"; {counted(others, 'other entry', 'other entries')}" if others else ""
    told = f"{', '.join(rules)}{besides}"
    return f"With the overlay {overlay.name} ({told}); sha256 {overlay.sha256[:12]}."
