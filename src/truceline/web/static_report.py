"""The static report, served: which dates its query asks for."""

from __future__ import annotations

from urllib.parse import parse_qs

from truceline.app.report import ReportRequest
from truceline.core.errors import InvalidInput

PARAMETERS = ("as_of", "known_at", "reading", "at")
MOST_DATES = 12

REPORT_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "font-src data:; connect-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The report is one file whose script and style stand in it; it may load nothing and send nothing."""


def request_of(query: str) -> ReportRequest:
    """What a query asks for: ``as_of`` (may repeat), ``known_at``, ``reading``. Raises InvalidInput."""
    given = parse_qs(query, keep_blank_values=True, max_num_fields=40)
    unknown = sorted(set(given) - set(PARAMETERS))
    if unknown:
        raise InvalidInput(f"unknown parameter {unknown[0]!r}; accepted: {', '.join(PARAMETERS)}")
    as_of = tuple(text for text in given.get("as_of", []) if text)
    if len(as_of) > MOST_DATES:
        raise InvalidInput(f"as_of: found {len(as_of)} dates; accepted: at most {MOST_DATES}")
    return ReportRequest(
        as_of=as_of,
        known_at=next((text for text in given.get("known_at", []) if text), None),
        reading=next((text for text in given.get("reading", []) if text), None),
    )
