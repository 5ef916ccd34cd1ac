"""JSON Schemas for editors and scripts, made from the records themselves.

``python -m nmt_expert.kb.schemas docs/schemas`` writes them; a test fails when they lag behind.
"""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from nmt_expert.kb.kinds import KINDS, FileKind
from nmt_expert.kb.overlay import EXTENDS, OF_EXTENSION, REPLACES
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.card import Cards
from nmt_expert.model.case import Case
from nmt_expert.model.finding import Finding
from nmt_expert.model.practice import PracticeCase
from nmt_expert.model.site import RelationTable

_OVERLAY_ONLY = {
    REPLACES: "In an overlay only: takes the place of the shipped entry of this id.",
    EXTENDS: "In an overlay only: gives the relation of this name further rows.",
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schemas() -> dict[str, dict[str, Any]]:
    """Every schema by name: one for each kind of file, the case, the results."""
    schemas = {kind.name: _of_files(kind) for kind in KINDS}
    schemas["case"] = _titled(
        TypeAdapter(Case).json_schema(by_alias=True),
        "nmt.case/1",
        "One client on one day.",
        ("schema",),
    )
    schemas["practice_case"] = _titled(
        TypeAdapter(PracticeCase).json_schema(by_alias=True),
        "nmt.practice/1",
        "A case to practise on: knowledge/cases/*.yml",
    )
    schemas["assessment"] = _titled(
        TypeAdapter(Assessment).json_schema(by_alias=True, mode="serialization"),
        "nmt.assessment/1",
        "Everything one run concludes.",
    )
    schemas["cards"] = _titled(
        TypeAdapter(Cards).json_schema(by_alias=True, mode="serialization"),
        "nmt.cards/1",
        "What kb show tells of a name.",
    )
    return schemas


def write_schemas(folder: Path) -> list[Path]:
    """Write each schema to ``<name>.schema.json``; gives the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in json_schemas().items():
        path = folder / f"{name}.schema.json"
        path.write_text(as_text(schema), encoding="utf-8")
        written.append(path)
    return written


def as_text(schema: dict[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _of_files(kind: FileKind) -> dict[str, Any]:
    """The schema of a whole file: a list of records, or one."""
    schema = kind.record.model_json_schema(by_alias=True)
    if kind.record is Finding:
        _may_stand_alone(schema["properties"]["site"])
    _may_lie_over(schema)
    if kind.many:
        parts = {"$defs": schema.pop("$defs", {})}
        schema = {"type": "array", "items": schema} | parts
    return _titled(schema, kind.name, f"Files: {kind.pattern}")


def _may_lie_over(schema: dict[str, Any]) -> None:
    """Let an entry say what it does to the shipped one; a relation that is extended needs less."""
    schema["properties"][REPLACES] = {"const": True, "description": _OVERLAY_ONLY[REPLACES]}
    if schema["title"] == RelationTable.__name__:
        schema["properties"][EXTENDS] = {"const": True, "description": _OVERLAY_ONLY[EXTENDS]}
        extension = {"required": [EXTENDS, *sorted(OF_EXTENSION)]}
        schema["anyOf"] = [extension, {"required": schema.pop("required")}]


def _may_stand_alone(schema: dict[str, Any]) -> None:
    """Let one item be written without its list, as the record reads it."""
    as_list = {key: schema.pop(key) for key in ("type", "items")}
    schema["anyOf"] = [as_list["items"], as_list]


def _titled(
    schema: dict[str, Any], title: str, says: str, required: tuple[str, ...] = ()
) -> dict[str, Any]:
    """A schema under its own name, with keys that a file needs though the record has a default."""
    whole = {"$schema": DIALECT, **schema, "title": title, "description": says}
    if required:
        whole["required"] = [*whole.get("required", ()), *required]
    return whole


if __name__ == "__main__":
    for path in write_schemas(Path(sys.argv[1])):
        print(path)
