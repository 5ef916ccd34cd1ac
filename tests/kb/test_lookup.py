"""What a therapist calls a thing is found; what nobody calls so names what is near."""

import pytest

from nmt_expert.kb.lookup import find, near, technique_id
from nmt_expert.model.knowledge import KnowledgeBase


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("SCM", "sternocleidomastoid"),
        ("ql", "quadratus_lumborum"),
        ("ITB", "tensor_fasciae_latae"),
        ("TFL", "tensor_fasciae_latae"),
        ("CTS", "carpal_tunnel"),
        ("Upper Trapezius", "upper_trapezius"),
        ("taut-band", "taut_band"),
        ("ropy band", "taut_band"),
        ("ischaemic compression", "trigger_point_compression"),
        ("active_core", "trigger_points.active.active_core"),
    ],
)
def test_an_abbreviation_a_label_or_a_synonym_is_found(
    real: KnowledgeBase, said: str, meant: str
) -> None:
    assert [named.id for named in find(real, said)] == [meant]


def test_a_name_of_two_things_gives_both(real: KnowledgeBase) -> None:
    assert {named.id for named in find(real, "kyphosis")} == {
        "height_loss_or_new_stoop",
        "thoracic_kyphosis",
    }


def test_an_id_means_itself_though_it_is_a_synonym_elsewhere(real: KnowledgeBase) -> None:
    assert {named.id for named in find(real, "scoliosis")} == {"scoliosis"}


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("taut_bnd", "taut_band"),
        ("trapezius", "upper_trapezius"),
        ("sternocleidomastiod", "sternocleidomastoid"),
        ("carpal tunnel syndrome", "carpal_tunnel"),
    ],
)
def test_what_is_near_is_named_first(real: KnowledgeBase, said: str, first: str) -> None:
    assert find(real, said) == ()
    assert first in [named.id for named in near(real, said)][:3]


def test_nothing_is_near_to_nonsense(real: KnowledgeBase) -> None:
    assert near(real, "xqzzk") == ()


def test_a_technique_is_known_by_its_synonym(real: KnowledgeBase) -> None:
    assert technique_id(real, "ischemic_compression") == "trigger_point_compression"
    assert technique_id(real, "upper_trapezius") is None
