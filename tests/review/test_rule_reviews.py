"""Rules are reviewed by name; editing one opens it again, and the labels follow."""

import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from nmt_expert.kb import examine, load
from nmt_expert.kb.folder import PACKED
from nmt_expert.kb.reviews_file import FILE, sign_rule
from nmt_expert.model.errors import NmtError
from nmt_expert.model.labels import rule_labels
from nmt_expert.model.review import RuleSignature
from nmt_expert.reports import as_plain
from nmt_expert.reports.cards.rule import rule_card
from nmt_expert.review.remarks import Remark
from nmt_expert.review.rule_queue import waiting_rules

TINY = Path(__file__).parent.parent / "kb" / "tiny"
SHIPPED = Path(__file__).parent.parent.parent / FILE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "kb"))


@pytest.fixture
def rule(folder: Path) -> str:
    return next(iter(load(folder).rules))


def sign(folder: Path, rule: str, overlay: Path | None = None, name: str = "Ruth Example") -> Path:
    kb = load(folder, overlay)
    signature = RuleSignature(
        version=kb.rules[rule].version, name=name, qualification="Supervisor", date="2026-11-20"
    )
    return sign_rule(kb, rule, signature, folder, overlay)


def edit(folder: Path, rule: str) -> None:
    """Change one word of a rule."""
    path = folder / load(folder).rules[rule].place.rpartition(":")[0]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("limits: ", "limits: Now ", 1), encoding="utf-8")


def test_no_reviewer_is_invented_the_shipped_file_is_empty(kb):
    assert kb.reviews == {}
    assert {rule.status for rule in kb.rules.values()} <= {"draft", "retired"}
    assert SHIPPED.read_text(encoding="utf-8").endswith("[]\n")


def test_a_signed_rule_is_no_longer_unreviewed(folder: Path, rule: str):
    before = load(folder)
    assert "unreviewed" in rule_labels(before.rules[rule])
    sign(folder, rule)
    after = load(folder)
    assert after.rules[rule].status == "reviewed"
    assert "unreviewed" not in rule_labels(after.rules[rule])
    assert after.summary()["unreviewed"] == before.summary()["unreviewed"] - 1
    card = as_plain(rule_card(after, after.rules[rule], ""))
    assert "signed by Ruth Example, Supervisor, on 2026-11-20" in card


def test_an_edited_rule_is_open_again_and_the_check_says_so(folder: Path, rule: str):
    sign(folder, rule)
    edit(folder, rule)
    found = examine(folder)
    assert found.kb is not None
    assert found.kb.rules[rule].status == "draft"
    assert any("edited after it was signed" in str(warning) for warning in found.warnings)


def test_what_was_signed_before_is_kept_beside_the_new_signature(folder: Path, rule: str):
    sign(folder, rule)
    edit(folder, rule)
    sign(folder, rule, name="Second Reader")
    kb = load(folder)
    assert [one.name for one in kb.reviews[rule].signed] == ["Ruth Example", "Second Reader"]
    assert kb.rules[rule].status == "reviewed"
    assert [one.name for one in kb.reviews[rule].of_version(kb.rules[rule].version)] == [
        "Second Reader"
    ]


def test_a_signature_changes_nothing_of_what_the_rule_says(folder: Path, rule: str):
    before = load(folder).rules[rule]
    sign(folder, rule)
    after = load(folder).rules[rule]
    assert before.model_copy(update={"status": "reviewed"}) == after


def test_an_overlay_keeps_its_own_signatures_beside_those_below_it(folder: Path, rule: str):
    overlay = folder.parent / "clinic"
    (overlay / "knowledge").mkdir(parents=True)
    sign(folder, rule)
    written = sign(folder, rule, overlay, "Second Reader")
    assert written == overlay / FILE
    signed = load(folder, overlay).reviews[rule].signed
    assert [one.name for one in signed] == ["Ruth Example", "Second Reader"]
    sign(folder, rule, overlay, "Third Reader")
    assert len(load(folder, overlay).reviews[rule].signed) == 3
    assert len(load(folder).reviews[rule].signed) == 1


def test_comments_above_the_signatures_stay(folder: Path, rule: str):
    (folder / FILE).write_text("# Ours.\n[]\n", encoding="utf-8")
    sign(folder, rule)
    assert (folder / FILE).read_text(encoding="utf-8").startswith("# Ours.\n- rule: ")


@pytest.mark.parametrize("name", ["", "x", "42", " - "])
def test_nobody_signs_without_a_name(name: str):
    with pytest.raises(ValidationError):
        RuleSignature(version="0" * 12, name=name, qualification="Supervisor", date="2026-11-20")


def test_a_name_with_signs_of_yaml_in_it_stays_a_name(folder: Path, rule: str):
    name = 'O\'Neill: "Ruth" #1, [née Ørsted]'
    sign(folder, rule, name=name)
    assert load(folder).reviews[rule].signed[0].name == name


def test_the_knowledge_base_of_a_wheel_is_not_signed(tmp_path: Path, rule: str, folder: Path):
    packed = Path(shutil.copytree(folder, tmp_path / PACKED))
    with pytest.raises(NmtError, match="would bring its own"):
        sign(packed, rule)
    assert not (packed / FILE).exists()


def test_the_most_urgent_drafts_are_read_first_then_those_overridden(kb, reviewed):
    point = Remark(about="conclusion:active_trigger_point:upper_trapezius:right",
                   verdict="override", reason="another_source")  # fmt: skip
    waiting = waiting_rules(kb, [reviewed(point)])
    assert len(waiting) == sum(rule.status == "draft" for rule in kb.rules.values())
    urgencies = [one.urgency for one in waiting]
    assert urgencies == sorted(
        urgencies, key=("emergency", "same_day", "soon", "routine", "").index
    )
    quiet = [one for one in waiting if not one.urgency]
    assert quiet[0].overridden == 1
    assert quiet[0].rule.startswith("trigger_points.active.")


def test_drafts_are_found_by_words(kb):
    found = waiting_rules(kb, [], ["cauda", "sexual"])
    assert [one.rule for one in found] == ["red_flags.spine.cauda_equina_sexual_only"]
