from pathlib import Path

import jsonschema
import pytest

from nmt_expert.kb import read_case_text
from nmt_expert.kb.folder import knowledge_folder
from nmt_expert.kb.kinds import KINDS
from nmt_expert.kb.schemas import as_text, json_schemas, write_schemas
from nmt_expert.kb.yaml_reader import read_yaml

WRITTEN = Path(__file__).parents[2] / "docs" / "schemas"
SCHEMAS = json_schemas()


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_written_schema_is_the_one_of_the_records(name):
    """When it is not: python -m nmt_expert.kb.schemas docs/schemas."""
    assert (WRITTEN / f"{name}.schema.json").read_text(encoding="utf-8") == as_text(SCHEMAS[name])


def test_no_other_schema_is_written(tmp_path):
    assert {path.name for path in write_schemas(tmp_path)} == {p.name for p in WRITTEN.iterdir()}


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_one(name):
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_shipped_file_fits_its_schema(kind):
    validator = jsonschema.Draft202012Validator(SCHEMAS[kind.name])
    folder = knowledge_folder()
    for path in folder.glob(kind.pattern):
        data = read_yaml(path.read_text(encoding="utf-8"), path.name).data
        assert [error.message for error in validator.iter_errors(data)] == []


def test_a_case_fits_its_schema_and_a_misspelt_one_does_not(tiny):
    validator = jsonschema.Draft202012Validator(SCHEMAS["case"])
    case = read_case_text("schema: nmt.case/1\nanswers: [{finding: age, value: 40}]", "c", tiny)
    assert validator.is_valid(case.model_dump(mode="json", by_alias=True))
    assert not validator.is_valid({"schema": "nmt.case/1", "answer": []})
    assert not validator.is_valid({"answers": []})


def test_an_editor_knows_what_an_overlay_may_say():
    relation = jsonschema.Draft202012Validator(SCHEMAS["relation"])
    row = {"from": ["a"], "to": ["b"], "basis": "proposal", "sources": ["proposal"]}
    more = {"relation": "refers_to", "extends": True, "rows": [row]}
    assert relation.is_valid(more)
    assert not relation.is_valid(more | {"extends": False})
    assert not relation.is_valid({key: more[key] for key in ("relation", "rows")})
    flag = {"id": "f", "kind": "caution", "label": "F"}
    flags = jsonschema.Draft202012Validator(SCHEMAS["flag"])
    assert flags.is_valid([flag | {"replaces": True}])
    assert not flags.is_valid([flag | {"replaces": "yes"}])
    assert not flags.is_valid([flag | {"extends": True}])
