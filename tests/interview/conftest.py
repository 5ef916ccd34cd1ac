"""The tiny knowledge base, and interviews on it."""

from collections.abc import Callable
from typing import Any, cast

import pytest

from nmt_expert.interview import Interview
from nmt_expert.interview.session import Reasoner
from tests.interview.tiny_knowledge import reasoned, tiny


@pytest.fixture
def kb() -> Any:
    return tiny()


@pytest.fixture
def begin(kb: Any) -> Callable[..., Interview]:
    def begun(**given: Any) -> Interview:
        return Interview(kb, cast(Reasoner, reasoned), **given)

    return begun
