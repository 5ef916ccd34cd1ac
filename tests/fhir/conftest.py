"""These tests need the extra [fhir]; without it they are skipped and say so."""

from collections.abc import Callable
from typing import Any

import pytest

from nmt_expert.fhir.form import form_of
from nmt_expert.fhir.names import FULL
from nmt_expert.fhir.questionnaire import questionnaire
from nmt_expert.model.knowledge import KnowledgeBase

Resource = dict[str, Any]


@pytest.fixture(autouse=True)
def _with_the_extra() -> None:
    pytest.importorskip("fhir.resources.R4B", reason="the extra [fhir] is not installed")


@pytest.fixture(scope="session")
def whole(kb: KnowledgeBase) -> Resource:
    return questionnaire(form_of(kb))


@pytest.fixture(scope="session")
def intake(kb: KnowledgeBase) -> Resource:
    return questionnaire(form_of(kb, intake=True))


@pytest.fixture
def filled() -> Callable[..., Resource]:
    """A form filled in by any form filler: each answer under its linkId, in no group."""

    def make(*answers: tuple[str, Resource], form: str = FULL, **more: Any) -> Resource:
        items = [{"linkId": link, "answer": [answer]} for link, answer in answers]
        head = {"resourceType": "QuestionnaireResponse", "questionnaire": form}
        return {**head, "status": "completed", **({"item": items} if items else {}), **more}

    return make
