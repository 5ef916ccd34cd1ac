"""A Bundle: every reference leads to a part of it, and nothing stands there without a ground."""

from collections import Counter
from collections.abc import Iterator

from nmt_expert.fhir.checks.walking import parts
from nmt_expert.fhir.names import Resource
from nmt_expert.model.errors import Fault


def bundle_faults(bundle: Resource, name: str) -> Iterator[Fault]:
    """Every fault, each at its entry."""
    entries = bundle.get("entry", [])
    urls = Counter(entry.get("fullUrl") for entry in entries)
    for n, entry in enumerate(entries):
        resource = entry.get("resource", {})
        place = f"{name}: entry[{n}] {resource.get('resourceType', '')}".rstrip()
        if urls[url := entry.get("fullUrl")] > 1:
            yield Fault(place, f"fullUrl {url} is used twice", "", "Give each its own.")
        for _, part in parts(resource):
            told = part.get("reference")
            if isinstance(told, str) and told not in urls:
                says = f"it refers to {told}, which is not in the Bundle"
                yield Fault(place, says, "", "Add it, or take the reference out.")
        yield from _ground_faults(resource, place)
    yield from _origin_faults(entries, name)


def _ground_faults(resource: Resource, place: str) -> Iterator[Fault]:
    """A referral says why; an observation has a value, or says why it has none."""
    match resource.get("resourceType"):
        case "ServiceRequest" if not resource.get("reasonCode"):
            yield Fault(place, "a referral without a reason", "", "Add reasonCode.")
        case "Observation" if not _has_value(resource):
            says = "neither a value nor a reason for its absence"
            yield Fault(place, says, "Unknown could be read as no.", "Add dataAbsentReason.")


def _has_value(resource: Resource) -> bool:
    return "dataAbsentReason" in resource or any(key.startswith("value") for key in resource)


def _origin_faults(entries: list[Resource], name: str) -> Iterator[Fault]:
    """An assessment says where it comes from, whole."""
    kinds = [entry.get("resource", {}).get("resourceType") for entry in entries]
    if "ClinicalImpression" not in kinds:
        return
    targets = {
        one.get("reference")
        for entry, kind in zip(entries, kinds, strict=True)
        if kind == "Provenance"
        for one in entry["resource"]["target"]
    }
    for entry, kind in zip(entries, kinds, strict=True):
        if kind != "Provenance" and entry.get("fullUrl") not in targets:
            place = f"{name}: {kind} {entry.get('fullUrl')}"
            yield Fault(place, "no Provenance says where it comes from", "", "Add it as a target.")
