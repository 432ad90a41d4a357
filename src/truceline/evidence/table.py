"""The columns of an observation, as an Arrow schema: the one shape that readers write, stores keep, and
the assessment reads.

A row is one report of one thing by one source, and is never edited. Raw names of actors are kept as the
source gives them: which party they mean is an interpretation (`truceline.evidence.actors`), made when the
evidence is read, so that a better mapping later needs no change of the record.
"""

from __future__ import annotations

import pyarrow as pa

UTC_INSTANT = pa.timestamp("us", tz="UTC")

OBSERVATION_SCHEMA = pa.schema(
    [
        # identity: a digest of source, origin_id or content, so that re-reading the same row adds nothing
        pa.field("id", pa.string(), nullable=False),
        # what it says, as a digest: another digest under the same id is a revision (evidence/identity.py)
        pa.field("digest", pa.string()),
        # what: a kind of evidence/vocabulary
        pa.field("kind", pa.string(), nullable=False),
        # where: lon, lat (WGS 84) and the radius in metres that holds the true place with 95%; a line or an
        # area as WKB in `geometry`, and then lon, lat is a point on it and error_m the radius around that
        pa.field("place", pa.string()),
        pa.field("lon", pa.float64()),
        pa.field("lat", pa.float64()),
        pa.field("error_m", pa.float64()),
        pa.field("geometry", pa.binary()),
        # when: it happened somewhere in [occurred_from, occurred_to); seen, reported, recorded
        pa.field("occurred_from", UTC_INSTANT, nullable=False),
        pa.field("occurred_to", UTC_INSTANT, nullable=False),
        pa.field("observed_at", UTC_INSTANT),
        pa.field("reported_at", UTC_INSTANT),
        pa.field("recorded_at", UTC_INSTANT, nullable=False),
        # who: names as the source gives them; an empty list or "unknown" is a value
        pa.field("actors", pa.list_(pa.string()), nullable=False),
        pa.field("targets", pa.list_(pa.string()), nullable=False),
        # what of: a route, zone, group or provision that the report is about (id or name), weapons, numbers
        pa.field("subject", pa.string()),
        pa.field("weapon_class", pa.string()),
        pa.field("calibre_mm", pa.float64()),
        pa.field("equipment", pa.string()),
        pa.field("serial", pa.string()),
        pa.field("count", pa.int64()),
        pa.field("fatalities", pa.int64()),
        pa.field("injured", pa.int64()),
        # observation effort: hours that somebody looked
        pa.field("effort_h", pa.float64()),
        # how we know: the source's id, how it was observed and from where, the Admiralty ratings
        pa.field("source", pa.string(), nullable=False),
        pa.field("method", pa.string()),
        pa.field("observed_from", pa.string()),
        pa.field("reliability", pa.string()),
        pa.field("credibility", pa.int8()),
        # somebody's claim about their own or others' conduct, rather than an observation
        pa.field("claim", pa.bool_(), nullable=False),
        pa.field("synthetic", pa.bool_(), nullable=False),
        pa.field("report", pa.string()),
        # provenance: where the row stands in the original
        pa.field("origin_id", pa.string()),
        pa.field("origin_file", pa.string()),
        pa.field("origin_row", pa.int64()),
        pa.field("origin_sha256", pa.string()),
        pa.field("origin_url", pa.string()),
        pa.field("quote", pa.string()),
        # a correction supersedes an earlier observation; a retraction supersedes it with nothing
        pa.field("supersedes", pa.string()),
        pa.field("retracted", pa.bool_(), nullable=False),
        # whatever else the source says, as a JSON object
        pa.field("details", pa.string()),
    ]
)


def empty_observations() -> pa.Table:
    """A table of the schema with no rows."""
    return OBSERVATION_SCHEMA.empty_table()
