"""Assessments as one reader may see them: from the evidence that it may see, told without the rest.

A verdict rests on exact places and on which reports share a source, so both go in; what goes out for readers
who may not see them has labels for sources (`source-1f0c2a`), no place names and no places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from truceline.app.assess import inquire
from truceline.app.desk.desk import Desk
from truceline.app.desk.through import through_for
from truceline.app.publish import since_published
from truceline.assess.explain import Inquiry, explain
from truceline.assess.route_states import route_states
from truceline.assess.words import Words
from truceline.core.errors import NotFound
from truceline.core.instants import isoformat_utc
from truceline.evidence.permissions import Kind, Reader

MINUTE = timedelta(minutes=1)
MOST_HELD = 12
"""Assessments that are kept of other times than now: each holds what it was made from."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an assessment is asked: instants are aware; None is now, and everything that is known."""

    as_of: datetime | None = None
    known_at: datetime | None = None
    reading: str | None = None
    language: str = "en"


def inquiry_for(desk: Desk, reader: Reader, asked: Asked) -> Inquiry:
    """What a verdict for this reader rests on. Raises InvalidInput for an unknown reading.

    "Now" is one instant for as long as nothing is recorded and the minute lasts: see
    `truceline.app.desk.present`.
    """
    record = desk.now()
    state = (record.version, hash(record.accord_text))
    if asked.as_of is None:
        return desk.present.get(
            ("inquiry", reader, asked), state, lambda now: _made(desk, reader, asked, now)
        )
    minute = int(desk.clock().timestamp() // MINUTE.total_seconds())
    return _made(desk, reader, asked, desk.remembered(("minute", state, minute), desk.clock))


def _made(desk: Desk, reader: Reader, asked: Asked, now: datetime) -> Inquiry:
    """Made once, by the first of those who ask it at the same time."""
    record = desk.now()
    latest = min(now, desk.seen_at(reader)) if reader.delay else now
    as_of, known_at = asked.as_of or now, reader.known_at(asked.known_at or now, latest)

    def make() -> Inquiry:
        made = inquire(
            desk.workspace,
            as_of=as_of,
            known_at=known_at,
            reading=asked.reading,
            language=asked.language,
            through=through_for(desk, reader),
            accord=record.accord,
            store=desk.store,
        )
        _ = made.assessment  # made here, once, and not by each thread that asks
        return made

    # As of now: whoever asks in the same minute; `Present` keeps it, so that this need not.
    minute = int(now.timestamp() // MINUTE.total_seconds())
    times = minute if asked.as_of is None else (as_of, known_at)
    key = ("inquiry", record.version, hash(record.accord_text), reader, asked, times)
    return desk.remembered(key, make, most=MOST_HELD)


def assessment_for(desk: Desk, reader: Reader, asked: Asked) -> dict[str, Any]:
    """The assessment as plain JSON data, as ``truceline assess --json`` has it, with titles of obligations.

    What changed since the one that was published last only for who sees all that it rested on.
    """
    inquiry = inquiry_for(desk, reader, asked)
    document = inquiry.assessment.as_dict()
    words = Words(inquiry.standing, asked.language)
    hide = _Hiding(reader, words)
    document["obligations"] = [hide.obligation(one) for one in document["obligations"]]
    for one in document["obligations"]:
        one["title"] = words.name(one["id"])
    document["since_published"] = (
        since_published(desk.workspace, inquiry) if reader.may(Kind.CORRECTIONS) else None
    )
    if not reader.may(Kind.REPORTERS) and document["since_published"]:
        document["since_published"].pop("author", None)
    document["data_current_to"] = isoformat_utc(min(inquiry.known_at, desk.now().recorded_at))
    return document


_OPEN = frozenset(
    {
        "obligation", "observation", "incident", "party", "zone", "place", "line", "source", "interpretation",
        "reading", "amendment", "statement",
    }
)  # fmt: skip
"""What is explained to everybody. Judgements, cases and consents are, to those who may see corrections."""


def explain_for(desk: Desk, reader: Reader, id: str, asked: Asked) -> dict[str, Any]:
    """What ``truceline explain --json`` gives, as a reader may see it. Raises NotFound."""
    inquiry = inquiry_for(desk, reader, asked)
    if reader.may(Kind.REPORTERS):
        return explain(inquiry, id)
    unknown = NotFound(f"nothing that this role may see has the id {id!r}")
    try:
        document = explain(inquiry, id)
    except NotFound:
        raise unknown from None  # what it may have meant could be something hidden
    if document["type"] not in _OPEN and not reader.may(Kind.CORRECTIONS):
        raise unknown
    hide = _Hiding(reader, Words(inquiry.standing, asked.language))
    return hide.explained(document)


def routes_for(desk: Desk, reader: Reader, asked: Asked) -> list[dict[str, Any]]:
    """How each route stands, as ``truceline route status --json`` gives it."""
    inquiry = inquiry_for(desk, reader, asked)
    hide = _Hiding(reader, Words(inquiry.standing, asked.language))
    found = []
    for state in route_states(inquiry.bench.case, ()):
        route = state.as_dict()
        if not reader.exact:
            route["blocks"] = [
                {name: value for name, value in block.items() if name not in ("at", "near", "from_m", "to_m")}
                for block in route["blocks"]
            ]
        found.append(route | hide.said(route))
    return found


class _Hiding:
    """Takes out of a document what its reader may not see."""

    def __init__(self, reader: Reader, words: Words) -> None:
        self.reader = reader
        self.words = words

    def obligation(self, one: dict[str, Any]) -> dict[str, Any]:
        """An obligation of an assessment."""
        one = one | self.said(one) | {"parts": [self.obligation(part) for part in one["parts"]]}
        if not self.reader.may(Kind.REPORTERS):
            one["details"] = {
                name: value
                for name, value in one["details"].items()
                if name not in ("contributions", "sources")
            }
        if not self.reader.exact:
            one["details"] = {}
        return one

    def said(self, one: dict[str, Any]) -> dict[str, Any]:
        """Reasons without the names of places, and without how far into an area an uncertain one lies."""
        if self.reader.exact or "reasons" not in one:
            return {}
        reasons, sentences = [], []
        for reason, text in zip(one["reasons"], one["because"], strict=True):
            if "place" in reason["args"]:
                arguments = reason["args"] | {"place": self.words.say("place-not-given")}
                message = {"one-report-place-uncertain": "one-report"}.get(
                    reason["message"], reason["message"]
                )
                for name in ("inside", "error_km", "area"):
                    arguments.pop(name, None)
                text = self.words.say(message, arguments)
                reason = {"message": message, "args": arguments, "evidence": reason["evidence"]}
            reasons.append(reason)
            sentences.append(text)
        return {"reasons": reasons, "because": sentences}

    def explained(self, document: dict[str, Any]) -> dict[str, Any]:
        """An explanation, without rows' own words, places and origins."""
        found: dict[str, Any] = self._plain(document)
        if found["type"] == "obligation":
            found["verdict"] = self.obligation(document["verdict"])
            if not self.reader.may(Kind.CORRECTIONS):
                found["corrections"] = []
        return found

    def _plain(self, value: Any, within: str = "") -> Any:
        if isinstance(value, dict):
            return {
                name: self._plain(part, name)
                for name, part in value.items()
                if not (name in _OF_ROWS and _is_row(value))
                and not (not self.reader.exact and name in _OF_PLACES)
            }
        if isinstance(value, list):
            return [self._plain(part, within) for part in value]
        return value


_OF_ROWS = frozenset(
    {
        "source", "observed_from", "report", "quote", "details", "origin_id", "origin_url", "origin_file",
        "origin_row", "origin_sha256", "serial", "digest", "observed_at", "reported_at", "author", "reason",
        "document", "recorded_by", "linked_because",
    }
)  # fmt: skip
_OF_PLACES = frozenset({"lon", "lat", "error_m", "factors", "product", "linked_because"})


def _is_row(value: Mapping[str, Any]) -> bool:
    """Whether this tells an observation, or what somebody judged of one."""
    return bool({"occurred_from", "observation", "act", "credibility", "linked_because"} & value.keys())
