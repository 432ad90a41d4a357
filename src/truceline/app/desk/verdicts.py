"""Assessments as one reader may see them: from the evidence that it may see, told without the rest.

A verdict rests on exact places and on which reports share a source, so both go in; what goes out for readers
who may not see them has labels for sources (`source-1f0c2a`), no place names and no places.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from truceline.accord.model import Accord
from truceline.app.assess import Through, inquire
from truceline.app.desk.desk import Desk
from truceline.app.publish import since_published
from truceline.assess.explain import Inquiry, explain
from truceline.assess.route_states import route_states
from truceline.assess.words import Words
from truceline.core.errors import NotFound
from truceline.core.instants import isoformat_utc
from truceline.evidence.corrections import Correction
from truceline.evidence.judgements import Judgements
from truceline.evidence.permissions import Kind, Reader

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an assessment is asked: instants are aware; None is now, and everything that is known."""

    as_of: datetime | None = None
    known_at: datetime | None = None
    reading: str | None = None
    language: str = "en"


def inquiry_for(desk: Desk, reader: Reader, asked: Asked) -> Inquiry:
    """What a verdict for this reader rests on. Raises InvalidInput for an unknown reading."""
    version = desk.now().version
    # "Now" is one instant for as long as nothing is recorded and the minute lasts: its answers are kept.
    minute = int(desk.clock().timestamp() // MINUTE.total_seconds())
    now = desk.remembered(("minute", version, minute), desk.clock)
    latest = min(now, desk.seen_at(reader)) if reader.delay else now
    as_of, known_at = asked.as_of or now, reader.known_at(asked.known_at or now, latest)
    key = ("inquiry", version, reader, as_of, known_at, asked.reading, asked.language)

    def make() -> Inquiry:
        made = inquire(
            desk.workspace,
            as_of=as_of,
            known_at=known_at,
            reading=asked.reading,
            language=asked.language,
            through=through_for(desk, reader),
            accord=desk.now().accord,
        )
        _ = made.assessment  # made here, once, and not by each thread that asks
        return made

    return desk.remembered(key, make)


def through_for(desk: Desk, reader: Reader) -> Through:
    """What takes out of an assessment's evidence all that a reader may not know of."""
    return _Through(desk, reader).take


@dataclass(frozen=True, slots=True)
class _Through:
    """Takes out of what an assessment is made from all that its reader may not know of."""

    desk: Desk
    reader: Reader

    def take(
        self, accord: Accord, observations: pa.Table, judgements: Judgements
    ) -> tuple[Accord, pa.Table, Judgements]:
        reader = self.reader
        base = self.desk.shown(reader, for_verdicts=True)
        rows = observations.filter(pc.is_in(observations["id"], value_set=base.ids))
        names: Mapping[str, str] = {}
        shown = self.desk.shown(reader)
        if shown.renamed:
            names = shown.names()
            for column in ("id", "supersedes"):
                values = [None if id is None else names.get(id) for id in rows[column].to_pylist()]
                rows = _with(rows, column, pa.array(values, pa.string()))
        if not reader.may(Kind.REPORTERS):
            accord, rows = self._with_labels(accord, rows)
        if not reader.exact:
            # Where there are coordinates they say it; a place's name is finer than its cell.
            placed = pc.is_valid(rows["lon"])
            rows = _with(rows, "place", pc.if_else(placed, pa.scalar(None, pa.string()), rows["place"]))
        return accord, rows, self._judgements(judgements, names, set(rows["id"].to_pylist()))

    def _judgements(self, judgements: Judgements, names: Mapping[str, str], seen: set[str]) -> Judgements:
        def kept(one: Correction) -> Correction | None:
            if one.subject == "source":
                return None
            target = names.get(one.target, one.target)
            if one.subject == "observation" and target not in seen:
                return None
            replacement = names.get(one.replacement, one.replacement) if one.replacement else None
            changed = replace(one, target=target, replacement=replacement)
            if self.reader.may(Kind.CORRECTIONS):
                return changed
            return replace(changed, author=self.label(one.author, "person-"), reason=_WITHHELD)

        corrections = tuple(found for one in judgements.corrections if (found := kept(one)) is not None)
        steps = tuple(replace(step, said=_renamed_ids(step.said, names, seen)) for step in judgements.steps)
        signed = {
            digest: {
                **said,
                **({"target": names.get(str(said["target"]), said["target"])} if "target" in said else {}),
                **(
                    {} if self.reader.may(Kind.CORRECTIONS) or "reason" not in said else {"reason": _WITHHELD}
                ),
            }
            for digest, said in judgements.signed.items()
        }
        return Judgements(corrections, steps, signed)

    def _with_labels(self, accord: Accord, rows: pa.Table) -> tuple[Accord, pa.Table]:
        label = self.label
        ratings = tuple(
            one.model_copy(
                update={
                    "id": label(one.id),
                    "names": tuple(label(name) for name in one.names),
                    "repeats": tuple(label(other) for other in one.repeats),
                }
            )
            for one in accord.verification.sources
        )
        verification = accord.verification.model_copy(update={"sources": ratings})
        codes = rows["source"].combine_chunks().dictionary_encode()
        if isinstance(codes, pa.ChunkedArray):
            codes = codes.combine_chunks()
        labels = pa.array([label(name) for name in codes.dictionary.to_pylist()], pa.string())
        sources = labels.take(codes.indices) if len(codes) else pa.array([], pa.string())
        return accord.model_copy(update={"verification": verification}), _with(rows, "source", sources)

    def label(self, name: str, what: str = "source-") -> str:
        """What a source or a person is called for those who may not know it."""
        digest = hashlib.blake2b(name.casefold().encode(), digest_size=4, key=self.desk.key)
        return what + digest.hexdigest()


_WITHHELD = "withheld"


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


def _renamed_ids(said: Mapping[str, Any], names: Mapping[str, str], seen: set[str]) -> dict[str, Any]:
    told = dict(said)
    if "observations" in told:
        ids = [names.get(str(id), str(id)) for id in told["observations"]]
        told["observations"] = [id for id in ids if id in seen]
    return told


def _with(rows: pa.Table, name: str, values: pa.Array | pa.ChunkedArray) -> pa.Table:
    index = rows.schema.get_field_index(name)
    return rows.set_column(index, rows.schema.field(index), values)
