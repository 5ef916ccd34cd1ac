"""A test that a page names as proof is there to be run."""

import re

import pytest

from tests.docs.pages import PAGES, ROOT, name, ticked

NAMED = sorted({(name(page), one) for page in PAGES for one in ticked(page) if "::test_" in one})


def test_the_page_on_safety_names_tests():
    assert sum(page == "docs/safety.md" for page, _ in NAMED) > 20


@pytest.mark.parametrize(("page", "named"), NAMED)
def test_a_test_named_is_there(page, named):
    file, test = named.split("::")
    assert re.search(rf"^def {test}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
