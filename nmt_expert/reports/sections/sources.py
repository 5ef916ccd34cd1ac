"""What the rules rest on: the whole citation of every source key that the reasons name."""

from nmt_expert.model.knowledge import Source
from nmt_expert.reports.document import Bullets, Line, Section
from nmt_expert.reports.view import View


def sources(view: View) -> Section:
    """Every source behind the rules used; the short report names none, so it lists none."""
    if view.depth == "sentence":
        return Section("Sources", ())
    rules = view.rules(tuple(firing.n for firing in view.assessment.firings))
    keys = sorted({citation.source for rule in rules for citation in rule.sources})
    known = [view.kb.sources[key] for key in keys if key in view.kb.sources]
    return Section("Sources", (Bullets(tuple(map(_source, known))),) if known else ())


def _source(source: Source) -> Line:
    known = source.where if source.where != "not recorded" else None
    where = f" {known.rstrip('.')}." if known else ""
    return Line(f"{source.id}: {source.citation.rstrip('.')}.{where} Read: {source.read}.")
