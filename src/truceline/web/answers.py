"""Answers: JSON with an ETag, and 304 where the one who asks holds the same already."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response


def _plain(value: Any) -> Any:
    """Text that also knows how other languages write it (`core.figures.Written`) is text here."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no JSON")


_ENCODER = msgspec.json.Encoder(enc_hook=_plain)


def answer(
    request: Request,
    document: Any,
    *,
    status: int = 200,
    media_type: str = "application/json",
    headers: dict[str, str] | None = None,
) -> Response:
    """A document as JSON."""
    return of_bytes(request, _ENCODER.encode(document), status=status, media_type=media_type, headers=headers)


def of_bytes(
    request: Request,
    body: bytes,
    *,
    status: int = 200,
    media_type: str = "application/json",
    headers: dict[str, str] | None = None,
) -> Response:
    """Bytes with their ETag. What is answered depends on who asks, so only their own browser may keep it."""
    told = {"Cache-Control": "private, no-cache", "Vary": "Cookie, Authorization"} | (headers or {})
    if status == 200 and request.method in ("GET", "HEAD"):
        tag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
        told["ETag"] = tag
        held = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
        if tag in held or "*" in held:
            return Response(status_code=304, headers=told)
    return Response(body, status_code=status, media_type=media_type, headers=told)
