"""Our own checks of a resource: what it means, since the library looks at shape only.

Whatever is written passes them, and ``nmt-expert fhir check`` looks at any file.
"""

from nmt_expert.fhir.checks.bundles import bundle_faults
from nmt_expert.fhir.checks.codings import code_faults
from nmt_expert.fhir.checks.questionnaires import questionnaire_faults
from nmt_expert.fhir.library import in_shape
from nmt_expert.fhir.names import Resource
from nmt_expert.fhir.reading import case_in
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase


def faults_in(resource: Resource, name: str, kb: KnowledgeBase) -> list[Fault]:
    """Everything wrong with a resource; ``name`` is what faults call it.

    Raises:
        NmtError: the extra is not installed.
    """
    try:
        resource = in_shape(resource, name)
    except InputInvalid as error:
        return error.faults
    faults = [*code_faults(resource, name, kb)]
    match resource["resourceType"]:
        case "Questionnaire":
            faults += questionnaire_faults(resource, name)
        case "QuestionnaireResponse":
            faults += _response_faults(resource, name, kb)
        case "Bundle":
            faults += bundle_faults(resource, name)
    return list(dict.fromkeys(faults))


def _response_faults(resource: Resource, name: str, kb: KnowledgeBase) -> list[Fault]:
    """Why no case can be made of a response: the same reading that an import does."""
    try:
        case_in(resource, name, kb)
    except InputInvalid as error:
        return error.faults
    return []
