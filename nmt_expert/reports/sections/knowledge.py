"""How much of the knowledge used is unreviewed, and what this report is not."""

from collections import Counter

from nmt_expert.model.labels import rule_labels
from nmt_expert.reports.document import Bullets, Line, Section
from nmt_expert.reports.view import View
from nmt_expert.reports.words import counted

PURPOSE = (
    "This report supports a trained person's judgement. It diagnoses no disease and replaces no "
    "examination by a physician."
)


def knowledge(view: View) -> Section:
    """The standing of the rules used, the version of the knowledge, and what the report is for."""
    base = view.assessment.knowledge_base
    names = {firing.rule for firing in view.assessment.firings}
    used = [view.kb.rules[name] for name in names if name in view.kb.rules]
    weak = Counter(label for rule in used for label in rule_labels(rule))
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
    lines.append(
        Line(
            f"Knowledge base {base.get('version')}: {base.get('rules')} rules, "
            f"{base.get('unreviewed')} unreviewed; sha256 {str(base.get('sha256'))[:12]}.",
            "quiet",
        )
    )
    return Section("About this report", (Bullets((*lines, Line(PURPOSE))),))
