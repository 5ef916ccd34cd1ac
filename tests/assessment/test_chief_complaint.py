"""What explains the chief complaint comes first, on whichever side that hurts."""

from typing import Any

import pytest

from nmt_expert.assessment import reason
from nmt_expert.engine import Engine
from nmt_expert.model.knowledge import KnowledgeBase
from tests.assessment.clients import ACTIVE_TRAPEZIUS, client


def hurts(site: str) -> dict[str, str]:
    return {"site": site, "side": "both"}


def dense(muscle: str) -> tuple[dict[str, Any], ...]:
    """Tissue that speaks strongly for ischemia, on both sides."""
    return tuple(
        {"finding": finding, **hurts(muscle)}
        for finding in ("tender_under_finger", "dense_ropy_tissue")
    )


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_chief_complaint_on_both_sides_is_explained_from_either(
    kb: KnowledgeBase, engine: Engine, side: str
) -> None:
    signs = [{**sign, "site": "supraspinatus", "side": side} for sign in ACTIVE_TRAPEZIUS]
    case = client(
        *signs, *dense("upper_trapezius"), sites=(hurts("shoulder_lateral"), hurts("shoulder_top"))
    )
    found = reason(case, kb, engine)
    assert [zone.id for zone in found.chief] == ["shoulder_lateral:left", "shoulder_lateral:right"]
    assert [line.factor for line in found.factors[:2]] == ["trigger_points", "ischemia"]


def test_only_the_place_named_first_is_the_chief_one(kb: KnowledgeBase, engine: Engine) -> None:
    found = reason(client(sites=(hurts("temple"), hurts("shoulder_top"))), kb, engine)
    assert {zone.site for zone in found.chief} == {"temple"}
    assert len(found.complaints) == 4
    assert reason(client(), kb, engine).chief == ()
