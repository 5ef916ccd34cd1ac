"""Files, folders and ids that a page names exist; nothing names a place outside the repository."""

import re
from pathlib import Path

import pytest

from nmt_expert.cli import exit_codes
from nmt_expert.model.knowledge import KnowledgeBase
from tests.docs.pages import PAGES, README, ROOT, additions, blocks, links, name, text, ticked

ADDED = {
    found
    for page in PAGES
    for _, block in additions(page)
    for found in re.findall(r"^- id: (\S+)", block, re.MULTILINE)
}
"""Ids that exist only in a page's worked example."""
ONLY_IN_A_WHEEL = {"nmt_expert/_knowledge_base"}
OF_THE_READER = "our_"
"""How names begin that stand for something of the reader's own."""
PATTERN_OF_IDS = {"folder.file.id", "lower_snake_case"}
TOP = {path.name for path in ROOT.iterdir()}
RULE_ID = re.compile(r"[a-z_]+\.[a-z_]+\.[a-z0-9_]+")
SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")
ELSEWHERE = re.compile(r"(?<![\w.~$}])/(?:work|root|home|Users|mnt)/(?!you/)|\.\./shared")
WRITTEN = ("nmt_expert", "knowledge", "rules", "examples", "tests", "docs", "benchmarks", ".ci")
SUFFIXES = ("", ".py", ".yml", ".md", ".toml", ".txt", ".json", ".svg", ".mako")


@pytest.fixture(scope="module")
def words_in_use() -> set[str]:
    """Every snake_case word of the program and of the knowledge base."""
    files = [*ROOT.glob("nmt_expert/**/*.py"), *ROOT.glob("*/**/*.yml"), ROOT / "pyproject.toml"]
    return {word for file in files for word in SNAKE.findall(file.read_text(encoding="utf-8"))}


def paths(page: Path) -> set[str]:
    """What a page names as a path of the repository."""
    named = {one.split("::")[0].rstrip("/") for one in ticked(page) if " " not in one}
    candidates = named - ONLY_IN_A_WHEEL
    return {one for one in candidates if one.split("/")[0] in TOP and OF_THE_READER not in one}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page):
    assert [link for link in links(page) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_paths_exist(page):
    assert [path for path in paths(page) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_rule_ids_exist(page, kb: KnowledgeBase):
    named = {one for one in ticked(page) if RULE_ID.fullmatch(one)}
    assert named - PATTERN_OF_IDS - set(kb.rules) == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_names_are_in_use(page, words_in_use):
    named = {word for one in ticked(page) if "/" not in one for word in SNAKE.findall(one)}
    assert named - words_in_use - ADDED - PATTERN_OF_IDS == set()


def test_every_decision_is_numbered_and_has_a_reason():
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [
        f"{n:04d}" for n in range(1, len(decisions) + 1)
    ]
    assert all("**Reason.**" in text(path) for path in decisions)


def test_exit_codes_of_the_readme_are_those_of_the_program():
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", text(README), re.MULTILINE)}
    assert told == {value for value in vars(exit_codes).values() if isinstance(value, int)}


def test_it_is_still_true_that_no_rule_was_reviewed(kb: KnowledgeBase):
    assert "Every rule is an unreviewed draft" in text(README)
    assert kb.summary()["unreviewed"] == kb.summary()["rules"]


def test_the_readme_s_two_commands_install_what_the_project_names():
    start, test = blocks(README, "sh")
    project = text(ROOT / "pyproject.toml")
    for command in (start, test):
        assert len(command.splitlines()) == 1
        assert "python3 -m venv .venv && " in command
        assert "-c constraints.txt" in command
    assert start.endswith(".venv/bin/nmt-expert interview\n")
    assert "nmt-expert = " in project
    assert "'.[dev]'" in test
    assert "\ndev = [" in project


def test_ci_runs_the_readme_s_test_command():
    """It reads the command from the README by this pattern, so that the two cannot differ."""
    script = text(ROOT / ".ci" / "run")
    found = re.search(r"grep -m 1 -e '([^']+)' README\.md", script)
    assert found
    lines = [line for line in text(README).splitlines() if found[1] in line]
    assert lines == [blocks(README, "sh")[1].rstrip("\n")]


def test_nothing_names_a_place_outside_the_repository():
    files = [file for top in WRITTEN for file in (ROOT / top).rglob("*") if file.is_file()]
    files += [file for file in ROOT.iterdir() if file.is_file()]
    here = Path(__file__)
    bad = [
        str(file.relative_to(ROOT))
        for file in files
        if file.suffix in SUFFIXES and file != here and "__pycache__" not in file.parts
        if ELSEWHERE.search(file.read_text(encoding="utf-8", errors="replace"))
    ]
    assert bad == []
