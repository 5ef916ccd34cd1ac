"""The entries of one Bundle: ids that follow from the content, and references to them."""

from collections.abc import Iterable
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from nmt_expert.assessment.behind import answers_behind
from nmt_expert.fhir.names import BASE, CLIENT, CONFIDENTIALITY, Resource
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.json_text import as_json_line

NO_CODE = "a client without a code"
RESTRICTED: Resource = {"security": [{"system": CONFIDENTIALITY, "code": "R"}]}
"""Said of what rests on an answer that was given in private."""


class Entries:
    """Gathers the resources on one assessment; the same assessment gives the same ids."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.all: list[Resource] = []
        self._digest = sha256(as_json_line(assessment).encode()).hexdigest()

    def url(self, kind: str, key: object) -> str:
        """The address of a resource within the Bundle; ``key`` tells it from others of its kind."""
        return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{BASE}/{self._digest}/{kind}/{key}')}"

    def reference(self, kind: str, key: object) -> Resource:
        """A reference to a resource of this Bundle."""
        return {"reference": self.url(kind, key)}

    def add(self, kind: str, key: object, content: Resource, *, private: bool = False) -> None:
        """Take in a resource; ``private`` marks it as not for everybody's eyes."""
        meta = {"meta": RESTRICTED} if private else {}
        url = self.url(kind, key)
        head = {"resourceType": kind, "id": url.removeprefix("urn:uuid:"), **meta}
        self.all.append({"fullUrl": url, "resource": {**head, **content}})

    def observed(self, firings: Iterable[int]) -> list[Resource]:
        """The Observations that some firings rest on."""
        used = (one for one in answers_behind(self.assessment, firings) if not one.parked)
        return [self.reference("Observation", given.id) for given in used]

    @property
    def subject(self) -> Resource:
        """The client, by the code alone."""
        code = self.assessment.case.client.code
        if code is None:
            return {"display": NO_CODE}
        return {"identifier": {"system": CLIENT, "value": code}}

    def on_day(self, key: str) -> Resource:
        """The date of the visit under ``key``; nothing where none was told."""
        date = self.assessment.case.visit.date
        return {key: date} if date else {}
