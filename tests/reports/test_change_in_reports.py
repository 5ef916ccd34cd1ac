"""What a report says of the change since an earlier visit."""

from typing import Any

from nmt_expert.assessment import assess
from nmt_expert.engine import Engine
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports import as_plain, build


def report(kb: KnowledgeBase, engine: Engine, **changed: Any) -> str:
    told = {
        "answers": [{"finding": "pain_intensity", "value": 4}],
        "activities": [{"activity": "Lift [b]the[/b] kettle", "score": 7}],
        "earlier": [
            {
                "date": "2026-11-01",
                "answers": [{"finding": "pain_intensity", "value": 7}],
                "activities": [{"activity": "lift [b]the[/b] kettle", "score": 4}],
            }
        ],
    }
    case = Case.model_validate(told | changed)
    return as_plain(build(assess(case, kb, engine), kb), 200)


def test_the_change_is_told_with_its_date_its_threshold_its_source_and_its_review(kb, engine):
    text = report(kb, engine)
    assert "Change since 1 November 2026" in text
    assert "Together: meaningful improvement." in text
    assert "Pain 0 to 10: 7 on 1 November 2026, 4 now (-3, -43 per cent): better" in text
    assert (
        "2 points, a clinically important difference: reached (farrar01, ostelo08, suzuki20)"
        in text
    )
    assert "[unreviewed]" in text


def test_a_first_visit_has_no_section_on_change(kb, engine):
    assert "Change since" not in report(kb, engine, earlier=[])


def test_a_missing_score_is_told_and_not_judged(kb, engine):
    text = report(kb, engine, answers=[])
    assert "Pain 0 to 10: cannot be told. Not scored today." in text
    assert "Together: cannot be told. Needed from both days: Pain 0 to 10." in text


def test_a_client_s_own_words_are_printed_as_they_were_told(kb, engine):
    assert "Over: Lift [b]the[/b] kettle" in report(kb, engine)
