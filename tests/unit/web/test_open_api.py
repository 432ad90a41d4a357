"""Schemathesis asks every reading endpoint what its own OpenAPI document allows, and checks every answer."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from served_mission import Mission, Person

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]
EXAMPLES = 3
"""Of each endpoint."""


def wrong_answers(app: Any, cookies: dict[str, str], examples: int) -> list[str]:
    """What of the answers to generated requests is not as the document says."""
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    wrong: list[str] = []
    # The stream of events does not end.
    found: Any
    for found in schema.include(method="GET").exclude(path="/api/v1/events").get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def answers(case: Any) -> None:
            case.call_and_validate(checks=CHECKS, cookies=cookies)

        try:
            answers()
        except (Exception, BaseExceptionGroup) as error:
            parts = error.exceptions if isinstance(error, BaseExceptionGroup) else (error,)
            wrong += [f"{operation.label}: {type(one).__name__}: {one}"[:1200] for one in parts]
    return wrong


def test_every_answer_is_what_the_open_api_document_says(valleys: Mission, people: dict[str, Person]) -> None:
    cookies = dict(people["monitor"].client.cookies)
    assert wrong_answers(valleys.app, cookies, EXAMPLES) == []
