"""Answers to phones, as OpenRosa's HTTP Request and Form Submission APIs have them (docs.getodk.org)."""

from __future__ import annotations

from email.utils import formatdate
from xml.sax.saxutils import escape

from starlette.responses import Response

XML = "text/xml; charset=utf-8"


def xml_answer(body: str, status: int = 200, **headers: str) -> Response:
    """An XML document with the headers that every answer bears."""
    return Response(
        body, status_code=status, media_type=XML,
        headers={"X-OpenRosa-Version": "1.0", "Date": formatdate(usegmt=True), **headers},
    )  # fmt: skip


def openrosa_answer(message: str, status: int, **headers: str) -> Response:
    """A message to whoever holds the phone: Collect shows it, of what was taken and of what was refused."""
    nature = "submit_success" if status < 300 else "submit_error"
    return xml_answer(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<OpenRosaResponse xmlns="http://openrosa.org/http/response">'
        f'<message nature="{nature}">{escape(message)}</message></OpenRosaResponse>',
        status,
        **headers,
    )
