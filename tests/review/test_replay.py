"""Cases on two versions of the rules: what changed, whether a referral was lost, and which rule."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from nmt_expert.assessment import assess
from nmt_expert.cli import exit_codes
from nmt_expert.cli.app import run
from nmt_expert.engine import Engine
from nmt_expert.kb import load, read_case
from nmt_expert.review.digest import Digest, digest
from nmt_expert.review.entries import Change, changed, entry_changes, fingerprints
from nmt_expert.review.queue import Review
from nmt_expert.review.replay import compared, unread
from tests.review.conftest import DESK_WORKER, ROOT

CORD = ROOT / "tests/cases/serious/clumsy-hands-unsteady.yml"
GARDENER = ROOT / "examples/gardener-saddle-not-known.yml"
ORDINARY = ROOT / "tests/cases/clients/pain-alone.yml"
CORD_RULE, POINT_RULE = "red_flags.neck.myelopathy_two_of_four", "trigger_points.active.active_core"
Edited = Callable[[], Path]


@pytest.fixture(scope="module")
def mutated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in which one threshold and one condition are another one."""
    folder = tmp_path_factory.mktemp("mutated")
    for half in ("knowledge", "rules"):
        shutil.copytree(ROOT / half, folder / half)
    mutate(folder / "rules/red_flags/neck.yml", "myelopathy_two_of_four\n", "count: 2", "count: 3")
    mutate(
        folder / "rules/trigger_points/active.yml",
        "active_core\n",
        "familiar_pain_on_pressure, site: $muscle, side: $side}\n  then",
        "softens_in_session, site: $muscle, side: $side}\n  then",
    )
    return folder


def mutate(path: Path, rule: str, before: str, after: str) -> None:
    """Edit one rule of a file."""
    text = path.read_text(encoding="utf-8")
    start = text.index(f"id: {rule}")
    assert before in text[start:]
    path.write_text(text[:start] + text[start:].replace(before, after, 1), encoding="utf-8")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys) -> Callable[..., tuple[int, str]]:
    """What a command prints, and its exit code."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("NMT_EXPERT_DATA", str(tmp_path / "data"))

    def typed(*words: object) -> tuple[int, str]:
        code = run([str(word) for word in words])
        return code, capsys.readouterr().out

    return typed


def test_a_threshold_and_a_condition_are_named_with_the_cases_they_changed(said, mutated: Path):
    code, printed = said("kb", "diff", ROOT, mutated, CORD, GARDENER, ORDINARY, "--jobs", 1)
    assert code == exit_codes.REFERRAL_LOST
    told = " ".join(printed.split())
    assert f"edited rule:{CORD_RULE} at rules/red_flags/neck.yml:" in told
    assert "when.at_least.count: 2 -> 3" in told
    assert "when.all.2.finding: familiar_pain_on_pressure -> softens_in_session" in told
    lost, rest = told.split("clumsy-hands-unsteady")[1].split("gardener-saddle-not-known")
    assert "referral less urgent: myelopathy: same_day became soon" in lost
    assert f"(rule:{CORD_RULE})" in lost
    assert f"(rule:{POINT_RULE})" in rest
    assert CORD_RULE not in rest
    assert "3 cases replayed: 1 unchanged, 2 changed, 1 lost a referral." in told


def test_the_same_version_twice_changes_nothing(said):
    code, printed = said("kb", "diff", ROOT, ROOT, ORDINARY, "--jobs", 1)
    assert code == exit_codes.DONE
    assert "0 entries differ" in printed
    assert "1 case replayed: 1 unchanged" in printed


def test_an_overlay_is_compared_with_what_it_lies_over(said, mutated: Path, tmp_path: Path):
    rules = yaml.safe_load((mutated / "rules/red_flags/neck.yml").read_text(encoding="utf-8"))
    own = next(rule for rule in rules if CORD_RULE.endswith(f".{rule['id']}")) | {"replaces": True}
    file = tmp_path / "clinic/rules/red_flags/neck.yml"
    file.parent.mkdir(parents=True)
    file.write_text(yaml.safe_dump([own]), encoding="utf-8")
    code, printed = said("kb", "diff", ROOT, tmp_path / "clinic", CORD, "--jobs", 1)
    assert code == exit_codes.REFERRAL_LOST
    assert f"edited rule:{CORD_RULE} at clinic/rules/red_flags/neck.yml:1" in printed


def test_what_is_no_version_is_said_in_a_sentence(said, tmp_path: Path):
    assert said("kb", "diff", ROOT, tmp_path)[0] == exit_codes.FAILED


def test_other_words_in_a_rule_are_told_and_change_no_result(mutated: Path, kb, tmp_path: Path):
    for half in ("knowledge", "rules"):
        shutil.copytree(ROOT / half, tmp_path / half)
    mutate(tmp_path / "rules/trigger_points/active.yml", "active_core\n", "because: Tender",
           "because: A tender")  # fmt: skip
    reworded = load(tmp_path)
    assert [one.entry for one in entry_changes(kb, reworded)] == [f"rule:{POINT_RULE}"]
    assert changed(fingerprints(kb), fingerprints(reworded)) == {}


def test_a_signature_under_a_rule_is_no_change_of_knowledge(kb):
    rule = kb.rules[POINT_RULE]
    signed = kb.rules | {rule.id: rule.model_copy(update={"status": "reviewed"})}
    later = type("Later", (), {**vars(kb), "rules": signed})
    assert fingerprints(later) == fingerprints(kb)


# Results of a version, as they are kept


@pytest.fixture
def kept(said, tmp_path: Path) -> Path:
    folder = tmp_path / "kept"
    words = ("review", "replay", CORD, ORDINARY, "--stored", folder, "--jobs", 1)
    assert said(*words, "--accept", "the first")[0] == exit_codes.DONE
    return folder


def test_what_was_kept_is_what_comes_out_again(said, kept: Path):
    code, printed = said("review", "replay", CORD, "--stored", kept, "--jobs", 1)
    assert code == exit_codes.DONE
    assert "1 case replayed: 1 unchanged" in printed


def test_a_lost_referral_ends_with_6_and_names_the_line(said, kept: Path, mutated: Path):
    words = ("--kb", mutated, "review", "replay", CORD, "--stored", kept, "--jobs", 1)
    code, printed = said(*words)
    assert code == exit_codes.REFERRAL_LOST
    assert f"rules/red_flags/neck.yml:138 (rule:{CORD_RULE})" in " ".join(printed.split())


def test_a_case_nobody_kept_a_result_of_fails_until_it_is_accepted(said, kept: Path):
    words = ("review", "replay", DESK_WORKER, "--stored", kept, "--jobs", 1)
    assert said(*words)[0] == exit_codes.FAILED


def test_an_accepted_change_is_kept_with_its_reason(said, kept: Path, mutated: Path):
    words = ("--kb", mutated, "review", "replay", CORD, ORDINARY, "--stored", kept, "--jobs", 1)
    assert said(*words, "--accept", "three signs are asked for")[0] == exit_codes.DONE
    assert said(*words)[0] == exit_codes.DONE
    text = (kept / "accepted.json").read_text(encoding="utf-8")
    assert "three signs are asked for" in text
    assert CORD_RULE in text
    assert "serious/clumsy-hands-unsteady" in text


@pytest.mark.parametrize("words", [("--accept", "why"), ("--stored", "x", "--accept", " ")])
def test_results_are_accepted_with_a_place_and_a_reason_or_not_at_all(said, words):
    assert said("review", "replay", *words)[0] == exit_codes.USAGE


# What counts as lost


NOTHING = Digest(
    flags={}, not_cleared=(), factors=(), conclusions={}, focus=(), withheld=(), cautions=(),
    behind={},
)  # fmt: skip


def differences(before: dict[str, object], after: dict[str, object]) -> list[str]:
    was, now = (NOTHING.model_copy(update=one) for one in (before, after))
    return [one.what for one in compared("case", was, now, {}).differences]


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ({"flags": {"f": "soon"}}, {}, ["referral lost"]),
        ({"flags": {"f": "same_day"}}, {"flags": {"f": "soon"}}, ["referral less urgent"]),
        ({"flags": {"f": "soon"}}, {"flags": {"f": "same_day"}}, ["referral gained"]),
        ({}, {"flags": {"f": "soon"}}, ["referral gained"]),
        ({"not_cleared": ("f",)}, {}, ["no longer asked about"]),
        ({"not_cleared": ("f",)}, {"flags": {"f": "soon"}}, ["referral gained"]),
        ({"focus": ("a", "b")}, {"focus": ("b", "a")}, ["focus order changed"]),
        ({"focus": ("a", "b")}, {"focus": ("b",)}, ["focus changed"]),
        ({"conclusions": {"c": "weak"}}, {}, ["conclusions changed"]),
        ({"factors": ("x weak", "y weak")}, {"factors": ("y weak", "x weak")}, ["factors changed"]),
        ({"cautions": ("c",)}, {}, ["caution changed"]),
        ({}, {}, []),
    ],
)
def test_a_change_is_called_by_what_it_is(before, after, what):
    assert differences(before, after) == what


def test_a_referral_is_lost_too_where_the_case_can_no_longer_be_read():
    assert unread("case", NOTHING.model_copy(update={"flags": {"f": "soon"}}), "gone").lost
    assert not unread("case", NOTHING, "gone").lost


def test_an_entry_that_did_not_change_is_never_blamed(desk_worker: Review):
    before = digest(desk_worker.assessment)
    after = before.model_copy(update={"focus": before.focus[1:]})
    changes: dict[str, Change] = {"rule:of.another.topic": "edited", f"rule:{POINT_RULE}": "edited"}
    found = compared("case", before, after, changes)
    assert found.differences[0].by in ((), (f"rule:{POINT_RULE}",))


def test_a_digest_does_not_depend_on_the_run(kb, engine: Engine, desk_worker: Review):
    again = assess(read_case(DESK_WORKER, kb), kb, engine)
    assert digest(again) == digest(desk_worker.assessment)
