"""Pages in a real browser: nothing to complain of, readable narrow, on paper, and by a checker.

Without Chromium these are skipped. The accessibility checker is axe-core, from the package
``axe-core-python`` or from the file that NMT_EXPERT_AXE names.
"""

import html
import json
import os
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from nmt_expert.assessment import assess
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports.build import report_on
from nmt_expert.reports.client_copy import client_copy
from nmt_expert.reports.html import Sheet, as_html
from nmt_expert.reports.letter import letter
from nmt_expert.reports.trace_graph import trace_graph
from nmt_expert.reports.view import View
from tests.reports.html_page import browse, chromium, without_policy

pytestmark = [
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine"),
    pytest.mark.xdist_group("browser"),
]
SECOND_VISIT = Path(__file__).parent.parent / "cases/outcomes/pain-and-activities-both-better.yml"
EXAMPLES = Path(__file__).parent.parent.parent / "examples"
DESK_WORKER = EXAMPLES / "desk-worker-headache.yml"
FEW_ANSWERS = EXAMPLES / "gardener-saddle-numbness.yml"
CASES = {"second visit": SECOND_VISIT, "trace": FEW_ANSWERS, "letter": FEW_ANSWERS}
OTHERS = {"client": client_copy, "letter": letter}
PAPER = {"A4": (595, 842), "letter": (612, 792)}
"""Breadth and height in points."""
NARROW = 320
SERIOUS = ("serious", "critical")


def axe() -> Path | None:
    """The accessibility checker's script, where there is one."""
    if named := os.environ.get("NMT_EXPERT_AXE"):
        return Path(named)
    spec = find_spec("axe_core_python")
    script = Path(str(spec.origin)).parent / "axe.min.js" if spec else None
    return script if script and script.is_file() else None


@pytest.fixture(scope="module", params=["report", "second visit", "trace", "client", "letter"])
def page(request: pytest.FixtureRequest, kb: KnowledgeBase, engine: Engine) -> str:
    path = CASES.get(request.param, DESK_WORKER)
    view = View(assess(read_case(path, kb), kb, engine), kb, "tree", "GB")
    if other := OTHERS.get(request.param):
        return as_html([Sheet(other(view), "case")])
    graph = trace_graph(view) if request.param == "trace" else None
    return as_html([Sheet(report_on(view), "case", graph)], unfolded=request.param == "trace")


def complaints(log: str) -> list[str]:
    return [line for line in log.splitlines() if "CONSOLE" in line]


def test_the_browser_has_nothing_to_complain_of(page: str, tmp_path: Path) -> None:
    assert complaints(browse(page, tmp_path, "--dump-dom").stderr) == []


def test_the_browser_would_complain_of_a_style_that_is_not_ours(tmp_path: Path) -> None:
    page = as_html([]).replace("<main>", '<main style="color: red">')
    assert complaints(browse(page, tmp_path, "--dump-dom").stderr)


def test_a_script_would_not_run(tmp_path: Path) -> None:
    page = as_html([]).replace("<main>", "<main><script>document.title = 'ran'</script>")
    assert "<title>ran</title>" not in browse(page, tmp_path, "--dump-dom").stdout
    assert "<title>ran</title>" in browse(without_policy(page), tmp_path, "--dump-dom").stdout


@pytest.mark.parametrize("paper", PAPER)
def test_it_prints(page: str, paper: str, tmp_path: Path) -> None:
    sized = without_policy(page).replace("</style>", f"@page {{ size: {paper} }}</style>")
    printed = tmp_path / "printed.pdf"
    browse(sized, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={printed}")
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed.read_bytes())
    assert boxes
    assert {(round(float(x)), round(float(y))) for x, y in boxes} == {PAPER[paper]}


def test_nothing_is_broader_than_a_small_screen(page: str, tmp_path: Path) -> None:
    framed = f"""<!doctype html><title>0</title>
<iframe id="f" width="{NARROW}" height="900" srcdoc="{html.escape(without_policy(page))}"></iframe>
<script>onload = () => {{
  const page = f.contentDocument.documentElement;
  document.title = [page.clientWidth, page.scrollWidth].join(" ");
}}</script>"""
    seen = browse(framed, tmp_path, "--dump-dom").stdout
    found = re.search(r"<title>(\d+) (\d+)</title>", seen)
    assert found
    room, needed = map(int, found.groups())
    assert 0 < room <= NARROW
    assert needed <= room


@pytest.mark.skipif(axe() is None, reason="no axe-core on this machine")
def test_an_accessibility_checker_finds_nothing_serious(page: str, tmp_path: Path) -> None:
    script = axe()
    assert script
    run = """axe.run(document).then(found => {
  const told = found.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.html)]);
  const note = document.createElement("pre");
  note.id = "axe";
  note.textContent = JSON.stringify([found.passes.length, told]);
  document.body.appendChild(note);
})"""
    scripts = f"<script>{script.read_text(encoding='utf-8')}</script><script>{run}</script>"
    checked = without_policy(page).replace("</body>", f"{scripts}</body>")
    seen = browse(checked, tmp_path, "--dump-dom").stdout
    found = re.search(r'<pre id="axe">(.*?)</pre>', seen, re.DOTALL)
    assert found
    passed, told = json.loads(html.unescape(found[1]))
    assert passed > 20
    assert [one for one in told if one[0] in SERIOUS] == []
