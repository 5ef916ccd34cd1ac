"""Labels filled into advice read like words of the sentence."""

import pytest

from nmt_expert.assessment.referrals import filled
from nmt_expert.model.knowledge import KnowledgeBase


@pytest.mark.parametrize(
    ("text", "bindings", "read"),
    [
        ("stretch the {muscle} yourself", {"muscle": "upper_trapezius"},
         "stretch the upper trapezius yourself"),
        ("{muscle} first", {"muscle": "upper_trapezius"}, "Upper trapezius first"),
        ("Ease it. {muscle} next", {"muscle": "upper_trapezius"}, "Ease it. Upper trapezius next"),
        ("spare the {tendon}", {"tendon": "tendon_achilles"}, "spare the Achilles tendon (load)"),
        ("on the {side}", {"side": "right"}, "on the right"),
        ("keep {this}", {"muscle": "upper_trapezius"}, "keep {this}"),
    ],
)  # fmt: skip
def test_a_label_keeps_its_capital_only_where_a_sentence_begins(
    text: str, bindings: dict[str, str], read: str, kb: KnowledgeBase
) -> None:
    assert filled(text, bindings, kb) == read
