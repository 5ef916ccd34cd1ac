"""The tiny knowledge base, and interviews on it."""

from collections.abc import Callable
from typing import Any

import pytest

from nmt_expert.interview import Interview
from tests.interview.tiny_knowledge import reasoned, tiny


@pytest.fixture
def kb() -> Any:
    return tiny()


@pytest.fixture
def begin(kb: Any) -> Callable[..., Interview]:
    def begun(**given: Any) -> Interview:
        return Interview(kb, reasoned, **given)  # type: ignore[arg-type]

    return begun
