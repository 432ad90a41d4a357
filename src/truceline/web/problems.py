"""From an error to an HTTP answer (RFC 9457): one map, from codes to statuses."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from truceline.core.errors import InvalidInput, NotFound, TrucelineError
from truceline.web.openrosa_answer import openrosa_answer

PROBLEM = "application/problem+json"

STATUS: Mapping[str, HTTPStatus] = {
    "truceline": HTTPStatus.INTERNAL_SERVER_ERROR,
    "invalid-input": HTTPStatus.BAD_REQUEST,
    "too-large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "invalid-accord": HTTPStatus.UNPROCESSABLE_ENTITY,
    "invalid-evidence": HTTPStatus.UNPROCESSABLE_ENTITY,
    "invalid-backup": HTTPStatus.UNPROCESSABLE_ENTITY,
    "invalid-geometry": HTTPStatus.UNPROCESSABLE_ENTITY,
    "not-found": HTTPStatus.NOT_FOUND,
    "conflict": HTTPStatus.CONFLICT,
    "not-confirmed": HTTPStatus.CONFLICT,
    "incomplete": HTTPStatus.UNPROCESSABLE_ENTITY,
    "store-unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
    "dependency-missing": HTTPStatus.NOT_IMPLEMENTED,
    "cluster-failed": HTTPStatus.BAD_GATEWAY,
    "not-signed-in": HTTPStatus.UNAUTHORIZED,
    "totp-required": HTTPStatus.UNAUTHORIZED,
    "new-password-required": HTTPStatus.UNAUTHORIZED,
    "not-allowed": HTTPStatus.FORBIDDEN,
    "too-many": HTTPStatus.TOO_MANY_REQUESTS,
    "changed-meanwhile": HTTPStatus.PRECONDITION_FAILED,
}
"""What an error's code is answered with. A test holds that every code is here."""


def problem(error: TrucelineError) -> Response:
    """The answer to an error."""
    status = STATUS[error.code]
    document = error.problem() | {"status": status.value}
    headers = {}
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        headers["Retry-After"] = str(error.details.get("retry_after_s", 1))
    return Response(
        msgspec.json.encode(document), status_code=status.value, media_type=PROBLEM, headers=headers
    )


def answer_to(error: TrucelineError, path: str) -> Response:
    """The answer to an error, as whoever asks under this path reads it: phones read OpenRosa's XML."""
    told = problem(error)
    if not path.startswith("/forms/"):
        return told
    return openrosa_answer(error.message, told.status_code, **{
        name: value for name, value in told.headers.items() if name == "retry-after"
    })  # fmt: skip


def add_problems(app: FastAPI) -> None:
    """Makes an application answer every error as a problem."""

    @app.exception_handler(TrucelineError)
    async def of_ours(request: Request, error: TrucelineError) -> Response:
        return answer_to(error, request.url.path)

    @app.exception_handler(RequestValidationError)
    async def of_request(request: Request, error: RequestValidationError) -> Response:
        # What was sent is not repeated: it may be a password.
        said = [
            {"field": ".".join(str(part) for part in one["loc"]), "message": one["msg"]}
            for one in error.errors()
        ]
        found = InvalidInput(
            f"{said[0]['field']}: {said[0]['message']}" if said else "the request cannot be read",
            details={"errors": said},
        )
        return answer_to(found, request.url.path)

    @app.exception_handler(HTTPException)
    async def of_routing(request: Request, error: HTTPException) -> Response:
        status = HTTPStatus(error.status_code)
        headers = dict(error.headers or {})
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            methods = request.app.state.methods.at(request.url.path)
            if not methods and request.url.path.startswith("/api/"):
                return problem(NotFound(f"there is no endpoint {request.url.path}"))
            headers["Allow"] = ", ".join(methods or ("GET",))
        if request.url.path.startswith("/forms/"):
            return openrosa_answer(str(error.detail), status.value, **headers)
        document = {
            "type": "about:blank",
            "title": status.phrase,
            "detail": str(error.detail),
            "status": status.value,
        }
        return Response(
            msgspec.json.encode(document),
            status_code=status.value,
            media_type=PROBLEM,
            headers=headers,
        )

    @app.exception_handler(Exception)
    async def of_defects(_request: Request, _error: Exception) -> Response:
        document = {
            "type": "urn:truceline:error:defect",
            "title": "This is a defect of Truceline",
            "detail": "the request could not be answered; what happened is in the server's log",
            "status": 500,
        }
        return Response(msgspec.json.encode(document), status_code=500, media_type=PROBLEM)
