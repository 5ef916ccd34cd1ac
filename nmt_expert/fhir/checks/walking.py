"""Ways through a resource: every part of it, every item of a form."""

from collections.abc import Iterator
from typing import Any

from nmt_expert.fhir.names import Resource


def parts(value: Any, where: str = "") -> Iterator[tuple[str, Resource]]:
    """Every object within a value, itself too, with the path to it."""
    if isinstance(value, dict):
        yield where, value
        for key, part in value.items():
            yield from parts(part, f"{where}.{key}" if where else key)
    elif isinstance(value, list):
        for n, part in enumerate(value):
            yield from parts(part, f"{where}[{n}]")


def items(form: Resource) -> Iterator[Resource]:
    """Every item of a questionnaire, in the order in which a person meets them."""
    for item in form.get("item", []):
        yield item
        yield from items(item)
