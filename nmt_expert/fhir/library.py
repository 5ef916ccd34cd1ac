"""The optional library: it knows the shape of every resource, and nothing of its meaning."""

import json
from typing import TYPE_CHECKING

from nmt_expert.fhir.names import Resource
from nmt_expert.model.errors import Fault, InputInvalid, NmtError

if TYPE_CHECKING:
    from pydantic import BaseModel

RESOURCES = (
    "Bundle",
    "ClinicalImpression",
    "CodeSystem",
    "DetectedIssue",
    "Flag",
    "Observation",
    "Provenance",
    "Questionnaire",
    "QuestionnaireResponse",
    "ServiceRequest",
)
"""The kinds that we write and read."""


def in_shape(resource: Resource, name: str) -> Resource:
    """The resource as the library reads it: every part of its type, and nothing empty.

    Raises:
        InputInvalid: it has not the shape that FHIR R4B gives its kind; ``name`` is its place.
        NmtError: the extra is not installed.
    """
    from pydantic import ValidationError

    kind = resource.get("resourceType")
    if kind not in RESOURCES:
        says = "this is no resource that is written here"
        remedy = f"Known: {', '.join(RESOURCES)}."
        raise InputInvalid([Fault(name, says, "It was not looked at.", remedy)])
    try:
        read = _model(kind).model_validate(resource)
        found: Resource = json.loads(read.model_dump_json())
    except ValidationError as error:
        faults = [_fault(one["loc"], one["msg"], kind, name) for one in error.errors()]
        raise InputInvalid(faults) from None
    return found


def _fault(path: tuple[int | str, ...], says: str, kind: str, name: str) -> Fault:
    """One objection, without what was written: that may be a client's words."""
    where = ".".join(str(part) for part in path)
    remedy = f"Write it as FHIR R4B has {kind}."
    return Fault(f"{name}: {where or kind}", says.rstrip("."), "", remedy)


def _model(kind: str) -> "type[BaseModel]":
    try:
        from fhir.resources.R4B import get_fhir_model_class
    except ImportError:
        raise NmtError(
            "FHIR needs the extra 'fhir', which is not installed. Nothing was read or written. "
            "Install it: pip install 'nmt-expert[fhir]'."
        ) from None
    model: type[BaseModel] = get_fhir_model_class(kind)
    return model
