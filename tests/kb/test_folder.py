import shutil
from pathlib import Path

import pytest

from nmt_expert.kb import folder, knowledge_folder
from nmt_expert.model.errors import KnowledgeBaseInvalid


def make(path: Path) -> Path:
    (path / "knowledge").mkdir(parents=True)
    (path / "rules").mkdir()
    return path


def test_the_folder_asked_for_comes_before_the_variable(tmp_path, monkeypatch):
    asked, named = make(tmp_path / "asked"), make(tmp_path / "named")
    monkeypatch.setenv(folder.VARIABLE, str(named))
    assert knowledge_folder(asked) == asked
    assert knowledge_folder() == named


def test_an_installed_wheel_comes_before_a_working_copy(tmp_path, monkeypatch):
    monkeypatch.delenv(folder.VARIABLE, raising=False)
    package = tmp_path / "nmt_expert"
    monkeypatch.setattr(folder, "_PACKAGE", package)
    make(tmp_path)
    assert knowledge_folder() == tmp_path
    installed = make(package / "_knowledge_base")
    assert knowledge_folder() == installed
    shutil.rmtree(installed / "rules")
    assert knowledge_folder() == tmp_path


def test_a_folder_without_rules_is_said_to_be_none(tmp_path):
    with pytest.raises(KnowledgeBaseInvalid) as caught:
        knowledge_folder(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: no knowledge base is here. Both folders knowledge/ and rules/ are needed. "
        "Name the folder that holds them with --kb or NMT_EXPERT_KB."
    )
