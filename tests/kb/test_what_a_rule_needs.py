"""A rule without its source, limits, grade, basis or examples is no rule."""

import re

import pytest

from nmt_expert.kb import examine

NEEDED = ("title", "role", "when", "then", "because", "limits", "grade", "basis", "sources")


@pytest.mark.parametrize("key", NEEDED)
def test_a_rule_says_everything_about_itself(key, copy):
    path = copy / "rules/cautions/skin.yml"
    path.write_text(re.sub(rf"^  {key}:.*\n", "", path.read_text(), flags=re.MULTILINE))
    (fault,) = [one for one in examine(copy).errors if "cautions.skin.young" in one.says]
    assert fault.says == f"'{key}' is missing (rule cautions.skin.young)"


@pytest.mark.parametrize("example", ["fires", "silent"])
def test_a_rule_has_both_examples(example, copy):
    path = copy / "rules/cautions/skin.yml"
    path.write_text(re.sub(rf"^    {example}:.*\n", "", path.read_text(), flags=re.MULTILINE))
    (fault,) = [one for one in examine(copy).errors if "cautions.skin.young" in one.says]
    assert f"'{example}' is missing" in fault.says


def test_a_rule_rests_on_at_least_one_source(copy):
    path = copy / "rules/cautions/skin.yml"
    path.write_text(path.read_text().replace("[{source: proposal}]", "[]"))
    assert any("sources" in fault.says for fault in examine(copy).errors)
