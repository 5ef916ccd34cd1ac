"""Whole interviews, typed line by line from their transcripts."""

from pathlib import Path

from nmt_expert.engine import Engine
from nmt_expert.model.knowledge import KnowledgeBase
from tests.transcripts.runner import play, section


def test_a_desk_worker_ends_in_trigger_points_and_posture(
    kb: KnowledgeBase, engine: Engine, tmp_path: Path
) -> None:
    played = play("desk_worker", kb, engine, tmp_path)
    assert (played.code, played.unused) == (0, ())
    assert "No referral flag raised" in played.printed
    factors = section(played.printed, "FACTORS")
    assert "1. Trigger points: strong" in factors
    assert "2. Postural distortion: moderate" in factors
    focus = section(played.printed, "FOCUS AREAS, IN TREATMENT ORDER")
    assert "Upper trapezius, right" in focus
    assert "Suboccipitals, right" in focus
    assert "Pectoralis minor, right (distant)" in focus
    assert "The chest: is there a complaint, and is it cleared?" in played.printed
    assert played.stored is not None
    assert played.stored.finished
    chief = played.stored.complaint.sites[0]
    assert (chief.site, chief.side) == ("temple", "right")


def test_the_own_view_stands_beside_the_report_and_what_was_done_is_kept(
    kb: KnowledgeBase, engine: Engine, tmp_path: Path
) -> None:
    played = play("desk_worker", kb, engine, tmp_path)
    assert "Leading factor: you: Trigger points; report: Trigger points" in played.printed
    assert "Refer: you: no; report: routine" in played.printed
    assert played.stored is not None
    own = played.stored.impression
    assert (own.factor, own.refer) == ("trigger_points", "none")
    assert [one.site for one in own.sites] == ["sternocleidomastoid", "upper_trapezius"]
    done = {(one.site, one.side): one.response for one in played.stored.treated}
    assert done["upper_trapezius", "right"] == "eased"
    assert ("masseter", "left") not in done  # named, then said not to be treated
    assert "Logged: 1 place." in played.printed


def test_saddle_numbness_interrupts_and_no_treatment_is_printed(
    kb: KnowledgeBase, engine: Engine, tmp_path: Path
) -> None:
    played = play("saddle_numbness", kb, engine, tmp_path)
    assert (played.code, played.unused) == (0, ())
    asked = played.printed.index("Bladder, bowel, strength, balance")
    alarm = played.printed.index("EMERGENCY NOW")
    assert "Injury, swelling, joints, skin" not in played.printed[asked:alarm]
    for words in ("Call your local emergency number", "Tell the ambulance:", "Do NOT:", "Say:"):
        assert words in played.printed[alarm:]
    focus = section(played.printed, "FOCUS AREAS, IN TREATMENT ORDER")
    assert "Technique" not in focus


def test_saddle_numbness_unknown_is_not_cleared(
    kb: KnowledgeBase, engine: Engine, tmp_path: Path
) -> None:
    played = play("saddle_numbness_unknown", kb, engine, tmp_path)
    assert (played.code, played.unused) == (0, ())
    assert "EMERGENCY NOW" not in played.printed
    flag = kb.flags["cauda_equina"].label
    assert flag in " ".join(section(played.printed, "NOT CLEARED").split())


def test_a_mistick_is_withdrawn_with_its_reason(
    kb: KnowledgeBase, engine: Engine, tmp_path: Path
) -> None:
    played = play("mistick", kb, engine, tmp_path)
    assert (played.code, played.unused) == (0, ())
    assert "Withdrawn; asked once more." in played.printed
    assert "No referral flag raised" in played.printed
    assert played.stored is not None
    numb = [a for a in played.stored.answers if a.finding == "saddle_numbness"]
    assert [a.value for a in numb] == ["absent"]
