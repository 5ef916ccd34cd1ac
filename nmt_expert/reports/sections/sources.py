"""What the rules rest on: the whole citation of every source key that the reasons name."""

from nmt_expert.model.written import WrittenSource
from nmt_expert.reports.document import Bullets, Line, Section
from nmt_expert.reports.view import View


def sources(view: View) -> Section:
    """Every source behind the rules used; the short report names none, so it lists none."""
    if view.depth == "sentence":
        return Section("Sources", ())
    rules = view.rules(tuple(firing.n for firing in view.assessment.firings))
    cited = {source.source: source for rule in rules for source in rule.sources}
    lines = tuple(_source(view, cited[key]) for key in sorted(cited))
    return Section("Sources", (Bullets(lines),) if lines else ())


def _source(view: View, source: WrittenSource) -> Line:
    known = view.kb.sources.get(source.source)
    found = known.where if known and known.where != "not recorded" else None
    where = f" {found.rstrip('.')}." if found else ""
    return Line(f"{source.source}: {source.citation.rstrip('.')}.{where} Read: {source.read}.")
