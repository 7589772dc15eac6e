"""The document of the API: valid, whole, in both languages; what it promises is what is done."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from base.words import LANGS
from ui.serving.api import OPERATIONS

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
# Each of them takes seconds for an answer; what they are asked is checked by examples.
LONG = ("findings", "profile")


@pytest.mark.parametrize("lang", LANGS)
def test_it_is_valid_and_says_everything(api, lang):
    document = api(f"/openapi.json?lang={lang}").json
    validate(document)
    assert set(document["paths"]) == {one.path for one in OPERATIONS if one.name != "openapi"}
    for path in document["paths"].values():
        assert path["get"]["summary"]
        assert all(one["description"] for one in path["get"]["parameters"])


def test_what_is_declared_is_what_is_read(api):
    document = api("/openapi.json").json
    for one in OPERATIONS[:-1]:
        named = {p["name"] for p in document["paths"][one.path]["get"]["parameters"]}
        assert named == {p.name for p in one.parameters}
        for name in set(named) - one.in_path:
            twice = f"{one.example}{'&' if '?' in one.example else '?'}{name}=%00&{name}=%00"
            assert api(twice).status == 400
            assert api(twice).json["parameter"] == name


def test_whatever_fits_the_document_is_answered_as_it_says(app):
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.definition.raw["operationId"] not in LONG:
            _answered(operation)


def _answered(operation):
    @given(case=operation.as_strategy())
    @settings(
        max_examples=4,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def asked(case):
        case.call_and_validate(checks=CHECKS)

    asked()
