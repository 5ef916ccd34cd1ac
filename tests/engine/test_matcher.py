"""The indexed matcher behind experta's own extension point, on engines of a few rules."""

import pytest

from nmt_expert.engine.library import AS, MATCH, Fact, KnowledgeEngine, L, ReteMatcher, Rule
from nmt_expert.engine.matcher import IndexedMatcher


class Finding(Fact):
    """``name``, ``site``."""


class Lies(Fact):
    """``muscle``, ``zone``."""


def build(matcher: type) -> KnowledgeEngine:
    fired: list[tuple[str, ...]] = []

    class Small(KnowledgeEngine):
        __matcher__ = matcher

        @Rule(
            AS.f0 << Finding(name=L("pain"), site=MATCH.zone),
            AS.f1 << Lies(muscle=MATCH.muscle, zone=MATCH.zone),
        )
        def over(self, zone: str, muscle: str, **_: object) -> None:
            fired.append(("over", zone, muscle))

        @Rule(
            AS.f0 << Finding(name=L("taut") | L("ropy"), site=MATCH.muscle),
            AS.f1 << Finding(name=L("spot"), site=MATCH.muscle),
        )
        def both(self, muscle: str, **_: object) -> None:
            fired.append(("both", muscle))

    engine = Small()
    engine.fired = fired
    engine.reset()
    return engine


@pytest.fixture(params=[IndexedMatcher, ReteMatcher], ids=["indexed", "stock"])
def small(request: pytest.FixtureRequest) -> KnowledgeEngine:
    return build(request.param)


def test_facts_join_on_a_shared_variable(small: KnowledgeEngine) -> None:
    small.declare(Lies(muscle="trapezius", zone="neck"), Lies(muscle="masseter", zone="cheek"))
    small.declare(Finding(name="pain", site="neck"))
    small.run()
    assert small.fired == [("over", "neck", "trapezius")]


def test_the_order_of_facts_does_not_matter(small: KnowledgeEngine) -> None:
    small.declare(Finding(name="pain", site="neck"))
    small.declare(Lies(muscle="trapezius", zone="neck"))
    small.run()
    assert small.fired == [("over", "neck", "trapezius")]


def test_a_choice_of_values_is_met_by_either(small: KnowledgeEngine) -> None:
    small.declare(Finding(name="ropy", site="soleus"), Finding(name="spot", site="soleus"))
    small.run()
    assert small.fired == [("both", "soleus")]


def test_a_retracted_fact_takes_its_activation_away(small: KnowledgeEngine) -> None:
    small.declare(Finding(name="spot", site="soleus"))
    taut = small.declare(Finding(name="taut", site="soleus"))
    small.retract(taut)
    small.run()
    assert small.fired == []


def test_the_indexed_matcher_refuses_what_it_cannot_read() -> None:
    class Odd(KnowledgeEngine):
        __matcher__ = IndexedMatcher

        @Rule(Finding(name=~L("pain")))
        def odd(self) -> None: ...

    with pytest.raises(TypeError, match="cannot read"):
        Odd()
