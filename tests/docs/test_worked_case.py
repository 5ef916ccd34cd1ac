"""The case of docs/cases.md ends as it expects, and the page names all that may be expected."""

import re

from nmt_expert.assessment import assess
from nmt_expert.assessment.expected import differences
from nmt_expert.engine import Engine
from nmt_expert.kb import read_case_text
from nmt_expert.model.case import Expectation
from nmt_expert.model.knowledge import KnowledgeBase
from tests.docs.pages import ROOT, blocks, text

PAGE = ROOT / "docs" / "cases.md"


def test_the_worked_case_ends_as_it_expects(kb: KnowledgeBase, engine: Engine) -> None:
    (written,) = blocks(PAGE, "yaml")
    case = read_case_text(written, "docs/cases.md", kb)
    assert case.expect is not None
    assert differences(assess(case, kb, engine), case.expect) == []


def test_the_worked_case_fails_when_the_spot_is_not_familiar(
    kb: KnowledgeBase, engine: Engine
) -> None:
    (written,) = blocks(PAGE, "yaml")
    pressed = "familiar_pain_on_pressure, site: upper_trapezius, side: right"
    case = read_case_text(
        written.replace(pressed, f"{pressed}, value: absent"), "docs/cases.md", kb
    )
    assert case.expect is not None
    found = differences(assess(case, kb, engine), case.expect)
    assert any("latent_trigger_point" in one for one in found)


def test_the_page_names_everything_that_may_be_expected() -> None:
    rows = re.findall(r"^\| (`[^|]+`) \|", text(PAGE), re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named == set(Expectation.model_fields)
