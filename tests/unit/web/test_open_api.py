"""Schemathesis asks every endpoint what its OpenAPI document allows and what not, and checks the answers.

A few requests of each here, many as every role in `benchmarks/api_contract.py`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from served_mission import Mission, serve

from truceline.store.workspace import Workspace
from truceline.web.asking import REPEATED

pytestmark = pytest.mark.slow

ALWAYS = [
    not_a_server_error, content_type_conformance, response_headers_conformance, response_schema_conformance,
    status_code_conformance,
]  # fmt: skip
ON_WRONG_INPUT = [*ALWAYS, allow_header_conformance, missing_required_header, negative_data_rejection,
                  unsupported_method]  # fmt: skip
EXAMPLES = 2
"""Of each endpoint, role and kind of request."""
LEFT_OUT = ("/api/v1/events", "/api/v1/session")
"""A stream that does not end; signing in and out would change who asks."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, template: Path) -> Iterator[Mission]:
    """A mission that whatever is generated is written to."""
    folder = tmp_path_factory.mktemp("written") / "own"
    shutil.copytree(template, folder)
    mission = serve(Workspace.open(folder))
    yield mission
    mission.site.close()


def faults_of(operation: Any, mode: GenerationMode, checks: list[Any], **asks: Any) -> list[str]:
    """What of the answers to a few generated requests is not as the document says."""

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def answers(case: Any) -> None:
        case.call_and_validate(checks=checks, **asks)

    try:
        answers()
    except Unsatisfiable:
        # Nothing can be wrong where any text is an id; what is allowed can always be made.
        return [f"{operation.label}: nothing was asked"] if mode is GenerationMode.POSITIVE else []
    except (Exception, BaseExceptionGroup) as error:
        parts = error.exceptions if isinstance(error, BaseExceptionGroup) else (error,)
        return [f"{operation.label} ({mode.name}): {type(one).__name__}: {one}"[:1200] for one in parts]
    return []


def wrong_answers(mission: Mission, who: str, *, only_writes: bool) -> list[str]:
    """The faults of endpoints, asked by somebody with what is allowed; of all, also with what is not."""
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", mission.app)
    person = mission.person(who)
    asks = {"cookies": dict(person.client.cookies), "headers": {"X-CSRF-Token": str(person.csrf)}}
    found: list[str] = []
    one: Any
    for one in schema.get_all_operations():
        operation = one.ok()
        if operation.path in LEFT_OUT or (only_writes and operation.method.upper() == "GET"):
            continue
        found += faults_of(operation, GenerationMode.POSITIVE, ALWAYS, **asks)
        if not only_writes and (operation.body or next(operation.iter_parameters(), None) is not None):
            found += faults_of(operation, GenerationMode.NEGATIVE, ON_WRONG_INPUT, **asks)
    return found


@pytest.mark.parametrize(("who", "only_writes"), [("administrator", False), ("liaison-north", True)])
def test_every_answer_is_what_the_open_api_document_says(
    written: Mission, who: str, only_writes: bool
) -> None:
    assert wrong_answers(written, who, only_writes=only_writes) == []


def test_what_stands_twice_in_a_query_is_refused_but_for_lists(written: Mission) -> None:
    administrator = written.person("administrator")
    for path in ("/api/v1/observations?q=a&q=b", "/ogc/collections/zones/items?limit=1&limit=2"):
        answer = administrator.get(path)
        assert (answer.status_code, "more than once" in answer.text) == (400, True)
    assert administrator.get("/api/v1/observations?kind=shelling&kind=explosion").status_code == 200
    lists = {
        parameter["name"]
        for path in written.app.openapi()["paths"].values()
        for operation in path.values()
        for parameter in operation.get("parameters", ())
        if any(
            one.get("type") == "array" for one in (parameter["schema"], *parameter["schema"].get("anyOf", ()))
        )
    }
    assert lists == REPEATED


def test_an_address_says_which_methods_it_takes(written: Mission) -> None:
    administrator = written.person("administrator")
    for method, path, allowed in (
        ("GET", "/api/v1/corrections", "POST"),
        ("PUT", "/api/v1/observations", "GET, POST"),
        ("PATCH", "/api/v1/session/totp", "POST, PUT"),
        ("DELETE", "/forms/submission", "HEAD, POST"),
        ("POST", "/ogc", "GET"),
        ("PUT", "/api/v1/observations/similar", "POST"),
    ):
        answer = administrator.send(method, path)
        assert (answer.status_code, answer.headers["allow"]) == (405, allowed), path
        kind = "text/xml; charset=utf-8" if path.startswith("/forms") else "application/problem+json"
        assert answer.headers["content-type"] == kind
    assert administrator.send("POST", "/api/v1/nothing").json()["code"] == "not-found"
