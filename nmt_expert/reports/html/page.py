"""Reports as one self-contained page: no script, nothing fetched, every text escaped."""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from nmt_expert.reports.document import Block, Node, Report
from nmt_expert.reports.html.course import points
from nmt_expert.reports.html.figure import figures, key
from nmt_expert.reports.one_line import one_line
from nmt_expert.reports.trace_graph import TraceGraph

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Sheet:
    """One report as it goes on a page, the case it is on, and its trace where that is wanted."""

    report: Report
    of: str
    graph: TraceGraph | None = None

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.report.title or f"Report: {self.of}"


def as_html(sheets: Sequence[Sheet], unfolded: bool = False) -> str:
    """One page with every sheet; ends with one newline.

    ``unfolded`` opens what is folded: on paper only what stands open is printed.
    """
    style = _style()
    page = _environment().get_template("page.html.j2")
    return page.render(
        sheets=sheets,
        title=sheets[0].title if len(sheets) == 1 else f"{len(sheets)} reports",
        style=style,
        style_hash=_hashed(style),
        unfolded=unfolded,
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalised,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"apart": folds, "kind": _kind, "points": points}
    environment.globals |= {"figures": figures, "key": key}
    return environment


@cache
def _style() -> Markup:
    """The style sheet, which is ours and is written as it stands."""
    return Markup((TEMPLATES / "page.css").read_text(encoding="utf-8"))


def _hashed(style: str) -> str:
    """The style sheet by its content, the only one that the page allows."""
    return b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _finalised(value: Any) -> Any:
    """Every text on its way to paper is one clean line; what a template made stays as it is."""
    return one_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _kind(block: Block) -> str:
    return type(block).__name__


def folds(nodes: Sequence[Node]) -> list[tuple[str, list[Node]]]:
    """What stands under a line: first what is always shown, then each fold with its title."""
    under: dict[str, list[Node]] = {"": []}
    for node in nodes:
        under.setdefault(node.folded, []).append(node)
    return [(title, found) for title, found in under.items() if found]
