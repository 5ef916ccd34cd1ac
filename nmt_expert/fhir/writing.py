"""A resource on its way out: held to every check, then the same bytes on every machine."""

import json

from nmt_expert.fhir.checks import faults_in
from nmt_expert.fhir.names import Resource
from nmt_expert.model.errors import NmtError
from nmt_expert.model.knowledge import KnowledgeBase


def as_text(resource: Resource, kb: KnowledgeBase) -> str:
    """The resource as JSON, keys in the order in which it was built.

    Raises:
        NmtError: the extra is not installed, or the resource breaks one of our checks.
    """
    if faults := faults_in(resource, resource["resourceType"], kb):
        raise NmtError("\n".join(map(str, (*faults, "Nothing was written."))))
    return json.dumps(resource, ensure_ascii=False, indent=1) + "\n"
