"""Lists of the knowledge base: findings and rules by words, and how much stands how well."""

from collections import Counter
from collections.abc import Iterable, Sequence

from nmt_expert.model.base import Record
from nmt_expert.model.finding import Finding
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.labels import rule_labels
from nmt_expert.model.rule import Conclude, Rule
from nmt_expert.model.words import counted, humanised
from nmt_expert.reports.document import Bullets, Line, Report, Section, Table


class Statistics(Record):
    """Counts of one knowledge base.

    ``not_recorded`` counts the rules that lack a grade, a limit or a locator. A rule counts for
    every factor of which it concludes something; one that concludes nothing counts for ``none``.
    """

    version: str
    sha256: str
    overlay: str | None
    rules: int
    unreviewed: int
    rules_by_role: dict[str, int]
    rules_by_status: dict[str, int]
    rules_by_grade: dict[str, int]
    rules_by_basis: dict[str, int]
    rules_by_folder: dict[str, int]
    rules_by_factor: dict[str, int]
    not_recorded: dict[str, int]
    findings: int
    findings_by_kind: dict[str, int]
    findings_by_basis: dict[str, int]
    sites: int
    sites_by_kind: dict[str, int]
    sites_by_grade: dict[str, int]
    sites_by_basis: dict[str, int]
    relations_by_name: dict[str, int]
    relation_rows: int
    relation_rows_by_grade: dict[str, int]
    relation_rows_by_basis: dict[str, int]
    questions: int
    questions_by_section: dict[str, int]
    conclusions: int
    measures: int
    techniques: int
    techniques_by_grade: dict[str, int]
    techniques_by_basis: dict[str, int]
    flags: int
    flags_by_kind: dict[str, int]
    sources: int
    sources_by_reading: dict[str, int]


def statistics(kb: KnowledgeBase) -> Statistics:
    """Count everything once."""
    rules, findings, sites = kb.rules.values(), kb.findings.values(), kb.sites.values()
    rows = [row for table in kb.relation_tables.values() for row in table.rows]
    techniques, flags = kb.techniques.values(), kb.flags.values()
    return Statistics(
        version=kb.version,
        sha256=kb.sha256,
        overlay=str(kb.overlay) if kb.overlay else None,
        rules=len(kb.rules),
        unreviewed=kb.summary()["unreviewed"],
        rules_by_role=_counts(rule.role for rule in rules),
        rules_by_status=_counts(rule.status for rule in rules),
        rules_by_grade=_counts(rule.grade for rule in rules),
        rules_by_basis=_counts(rule.basis for rule in rules),
        rules_by_folder=_counts(rule.id.partition(".")[0] for rule in rules),
        rules_by_factor=_counts(factor for rule in rules for factor in _factors(rule)),
        not_recorded=_not_recorded(rules),
        findings=len(findings),
        findings_by_kind=_counts(finding.kind for finding in findings),
        findings_by_basis=_counts(finding.basis for finding in findings),
        sites=len(sites),
        sites_by_kind=_counts(site.kind for site in sites),
        sites_by_grade=_counts(site.grade for site in sites),
        sites_by_basis=_counts(site.basis for site in sites),
        relations_by_name=_counts(relation.relation for relation in kb.relations),
        relation_rows=len(rows),
        relation_rows_by_grade=_counts(row.grade for row in rows),
        relation_rows_by_basis=_counts(row.basis for row in rows),
        questions=len(kb.questions),
        questions_by_section=_counts(question.section for question in kb.questions.values()),
        conclusions=len(kb.conclusions),
        measures=len(kb.measures),
        techniques=len(techniques),
        techniques_by_grade=_counts(technique.grade for technique in techniques),
        techniques_by_basis=_counts(technique.basis for technique in techniques),
        flags=len(flags),
        flags_by_kind=_counts(flag.kind for flag in flags),
        sources=len(kb.sources),
        sources_by_reading=_counts(source.read for source in kb.sources.values()),
    )


def statistics_report(counts: Statistics) -> Report:
    """The counts for a person."""
    rules = f"{counted(counts.rules, 'rule')}, {counts.unreviewed} unreviewed"
    head = f"{rules}; {counted(counts.findings, 'finding')}"
    tables = {
        name: value
        for name, value in counts.model_dump().items()
        if isinstance(value, dict) and value
    }
    single = (
        *("sites", "relation_rows", "questions", "conclusions", "measures", "techniques", "flags"),
        "sources",
        *("version", "sha256", *(("overlay",) if counts.overlay else ())),
    )
    whole = Bullets(tuple(Line(f"{name}: {getattr(counts, name)}") for name in single))
    sections = (
        Section(humanised(name).capitalize(), (_count_table(value),))
        for name, value in tables.items()
    )
    return Report(Line(head), (*sections, Section("Whole", (whole,))))


def findings_report(found: Sequence[Finding]) -> Report:
    """A list of findings with what they may be."""
    rows = tuple((Line(f.id), Line(f.label), Line(_values(f))) for f in found)
    table = Table(("finding", "label", "values"), rows)
    return Report(
        Line(counted(len(found), "finding")), (Section("Findings", (table,)),) if rows else ()
    )


def matching_findings(kb: KnowledgeBase, words: Iterable[str]) -> tuple[Finding, ...]:
    """The findings whose id, label, question or synonyms hold every word, in any case."""
    wanted = [word.lower() for word in words]
    return tuple(f for f in kb.findings.values() if all(word in _text(f) for word in wanted))


def rules_report(rules: Iterable[Rule]) -> Report:
    """A list of rules with their labels."""
    rows = tuple((Line(r.id), Line(r.title, labels=rule_labels(r)), Line(r.grade)) for r in rules)
    table = Table(("rule", "title", "grade"), rows)
    return Report(Line(counted(len(rows), "rule")), (Section("Rules", (table,)),) if rows else ())


def matching_rules(kb: KnowledgeBase, words: Iterable[str]) -> tuple[Rule, ...]:
    """Rules whose id, title or reason hold every word."""
    wanted = [word.lower() for word in words]
    return tuple(
        rule
        for rule in kb.rules.values()
        if all(word in f"{rule.id} {rule.title} {rule.because}".lower() for word in wanted)
    )


def _text(finding: Finding) -> str:
    return " ".join((finding.id, finding.label, finding.question, *finding.synonyms)).lower()


def _values(finding: Finding) -> str:
    if finding.number:
        return f"{finding.number.min:g} to {finding.number.max:g} {finding.number.unit}"
    return ", ".join(finding.values)


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _factors(rule: Rule) -> set[str]:
    """The factors that a rule speaks for or against."""
    return {one.factor for one in rule.then if isinstance(one, Conclude)} or {"none"}


def _not_recorded(rules: Iterable[Rule]) -> dict[str, int]:
    missing: Counter[str] = Counter()
    for rule in rules:
        missing["grade"] += rule.grade == "not recorded"
        missing["limits"] += rule.limits == "not recorded"
        missing["locator"] += any(c.locator == "not recorded" for c in rule.sources)
    return dict(missing)


def _count_table(counts: dict[str, int]) -> Table:
    rows = tuple((Line(humanised(name)), Line(str(number))) for name, number in counts.items())
    return Table(("", "number"), rows)
