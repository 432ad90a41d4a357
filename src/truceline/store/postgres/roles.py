"""Roles of the server and what each may see: grants, row-level security, and the views that readers use.

The record's own tables are open to two: their owner, and the writer, who may read and add. Everybody else
reads through views in a schema beside the record's (``idlib_access`` for ``idlib``), made from
`truceline.evidence.audiences`. Row-level security on the tables holds for the views too, and for who is
granted a table by mistake: without a policy of its own a role sees no row.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from truceline.core.errors import InvalidInput, StoreUnavailable
from truceline.evidence.audiences import AUDIENCES, CELL_DEG
from truceline.store.driver import driver_of
from truceline.store.schema import metadata

PLACES = "observation_places"
OF_REPORTERS = (
    "source",
    "observed_from",
    "report",
    "quote",
    "details",
    "origin_id",
    "origin_url",
    "serial",
)
"""Columns that can tell who reported."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role of the server: its name there, which audience it is, of which party."""

    name: str
    audience: str
    party: str | None = None


def roles_of(schema: str, parties: Sequence[str]) -> list[Role]:
    """The roles of readers of a record."""
    roles = []
    for audience in AUDIENCES:
        if audience.confidential == "own":
            names = [(f"{schema}_{audience.id}_{party}", party) for party in parties]
            roles += [Role(name, audience.id, party) for name, party in names]
        else:
            roles.append(Role(f"{schema}_{audience.id}", audience.id))
    for role in roles:
        if len(role.name.encode()) > 63:
            raise InvalidInput(f"the role {role.name} would be longer than 63 bytes; choose a shorter schema")
    return roles


def set_up(connection: Connection, schema: str, parties: Sequence[str]) -> list[Role]:
    """Makes roles, policies and views, or brings them up to date; in the record owner's transaction.

    The owner needs the right to make roles, or finds them made. Raises StoreUnavailable without PostGIS.
    """
    roles = roles_of(schema, parties)
    writer, filtered, full = f"{schema}_writer", f"{schema}_views", f"{schema}_places"
    postgis = _postgis(connection)
    access = f"{schema}_access"

    def run(statement: str) -> None:
        # Names of schema and roles hold letters, digits, _ and what quote() doubles; nothing is a parameter.
        connection.exec_driver_sql(statement.replace("%", "%%"))

    for name in (writer, filtered, full, *(role.name for role in roles)):
        known = connection.exec_driver_sql("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).scalar()
        if not known:
            run(f"CREATE ROLE {quote(name)} NOLOGIN")
    for name in (filtered, full):
        run(f"GRANT {quote(name)} TO CURRENT_USER")
    run(f"CREATE SCHEMA IF NOT EXISTS {quote(access)}")
    _drop_made(connection, schema, access)
    for statement in _questions(schema, access, postgis):
        run(statement)
    connection.exec_driver_sql(
        f"INSERT INTO {access}.naming SELECT %s WHERE NOT EXISTS (SELECT FROM {access}.naming)",
        (secrets.token_bytes(32),),
    )
    run(f"DELETE FROM {access}.audience")
    for role in roles:
        audience = next(one for one in AUDIENCES if one.id == role.audience)
        connection.exec_driver_sql(
            f"INSERT INTO {access}.audience VALUES (%s, %s, %s, %s, %s, %s)",
            (role.name, audience.confidential, role.party, audience.exact_places, audience.reporters,
             audience.delay),
        )  # fmt: skip
    for statement in (
        *_policies(schema, access, postgis, writer, filtered, full),
        *_views(schema, access, postgis),
    ):
        run(statement)
    for view, owner in (("observations", filtered), (PLACES, full)):
        run(f"GRANT CREATE ON SCHEMA {access} TO {quote(owner)}")
        run(f"ALTER VIEW {access}.{view} OWNER TO {quote(owner)}")
        run(f"REVOKE CREATE ON SCHEMA {access} FROM {quote(owner)}")
    for role in roles:
        audience = next(one for one in AUDIENCES if one.id == role.audience)
        run(f"GRANT USAGE ON SCHEMA {access} TO {quote(role.name)}")
        run(f"GRANT SELECT ON {access}.observations TO {quote(role.name)}")
        if audience.confidential == "all" and audience.exact_places and not audience.delay:
            run(f"GRANT SELECT ON {access}.{PLACES} TO {quote(role.name)}")
    return roles


def _drop_made(connection: Connection, schema: str, access: str) -> None:
    """Takes away policies and views, which are made anew; not roles, grants or the index."""
    policies = connection.exec_driver_sql(
        "SELECT policyname, tablename FROM pg_policies WHERE schemaname = %s", (schema,)
    ).all()
    for policy, table in policies:
        connection.exec_driver_sql(f'DROP POLICY {quote(policy)} ON {quote(schema)}."{table}"')
    for view in ("observations", PLACES, "hidden", "own", "restricted", "rights", "mine"):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {access}.{view}")


def quote(name: str) -> str:
    """A name as SQL says it."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _postgis(connection: Connection) -> str:
    """The schema that PostGIS is in."""
    query = "SELECT nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = ?"
    found = driver_of(connection).rows(query, ("postgis",))
    if not found:
        raise StoreUnavailable(
            "the database has no PostGIS, which the readers' views need",
            hint="as a superuser: CREATE EXTENSION postgis",
        )
    return quote(str(found[0][0]))


def _questions(schema: str, access: str, postgis: str) -> list[str]:
    """What policies and views ask: who is it that reads, and what may they see."""
    record = quote(schema)
    return [
        f"""CREATE TABLE IF NOT EXISTS {access}.audience (
            role text PRIMARY KEY, confidential text NOT NULL, party text, exact_places boolean NOT NULL,
            reporters boolean NOT NULL, delay interval NOT NULL)""",
        # The key that makes the ids of readers who could try out places or sources against recorded ones.
        f"CREATE TABLE IF NOT EXISTS {access}.naming (key bytea NOT NULL)",
        # A geometry that is no WKB is kept as it came and has no place here.
        f"""CREATE OR REPLACE FUNCTION {access}.place_of(lon float8, lat float8, wkb bytea)
            RETURNS {postgis}.geometry LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
            SET search_path = {postgis}, pg_temp AS $$
            BEGIN
              IF wkb IS NULL THEN
                RETURN CASE WHEN lon IS NULL OR lat IS NULL THEN NULL
                       ELSE ST_SetSRID(ST_MakePoint(lon, lat), 4326) END;
              END IF;
              RETURN ST_SetSRID(ST_GeomFromWKB(wkb), 4326);
            EXCEPTION WHEN OTHERS THEN
              RETURN NULL;
            END $$""",
        # Views, not functions: who may not read them cannot ask what is hidden from whom.
        f"""CREATE VIEW {access}.mine AS
            SELECT a.* FROM {access}.audience a WHERE pg_has_role(current_user, a.role, 'member')""",
        f"""CREATE VIEW {access}.rights AS
            SELECT coalesce(bool_or(exact_places), false) AS places,
              coalesce(bool_or(reporters), false) AS reporters,
              (SELECT max(e.seq) FROM {record}.entry e WHERE e.recorded_at <= (
                SELECT extract(epoch FROM now() - min(m.delay)) * 1000000 FROM {access}.mine m)) AS newest
            FROM {access}.mine""",
        f"""CREATE VIEW {access}.restricted AS
            SELECT last.subject, last.party, coalesce(
              (SELECT coalesce(o.revises, o.id) FROM {record}.observation o
               WHERE last.subject = 'observation' AND o.id = last.target), last.target) AS target
            FROM (SELECT DISTINCT ON (c.subject, c.target) c.* FROM {record}.correction c
                  WHERE c.act IN ('restrict', 'release')
                  ORDER BY c.subject, c.target, c.entry DESC) AS last
            WHERE last.act = 'restrict'""",
        f"""CREATE VIEW {access}.hidden AS
            SELECT r.subject, r.target FROM {access}.restricted r WHERE NOT EXISTS (
              SELECT FROM {access}.mine m
              WHERE m.confidential = 'all' OR (m.confidential = 'own' AND m.party = r.party))""",
        f"""CREATE VIEW {access}.own AS
            SELECT r.subject, r.target
            FROM {access}.restricted r JOIN {access}.mine m ON m.party = r.party""",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {access} FROM PUBLIC",
    ]


def _policies(schema: str, access: str, postgis: str, writer: str, filtered: str, full: str) -> list[str]:
    """Grants and row-level security on the record's tables."""
    record, made = quote(schema), []
    for table in metadata.tables:
        at = f'{record}."{table}"'
        made += [
            f"REVOKE ALL ON {at} FROM PUBLIC",
            f"GRANT SELECT, INSERT ON {at} TO {quote(writer)}",
            f"ALTER TABLE {at} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY writer ON {at} TO {quote(writer)} USING (true) WITH CHECK (true)",
        ]
    readable = ("observation", "entry", "original")
    made += [
        f"GRANT SELECT ON {record}.alembic_version TO {quote(writer)}",
        f"GRANT SELECT ON {access}.audience TO {quote(writer)}",
        *(f"GRANT USAGE ON SCHEMA {record} TO {quote(name)}" for name in (writer, filtered, full)),
        *(f"GRANT USAGE ON SCHEMA {access} TO {quote(name)}" for name in (writer, filtered, full)),
        *(f"GRANT SELECT ON {access}.{view} TO {quote(filtered)}" for view in ("hidden", "own")),
        *(
            f"GRANT SELECT ON {access}.{name} TO {quote(filtered)}, {quote(full)}"
            for name in ("rights", "naming")
        ),
    ]
    for table in readable:
        at = f"{record}.{table}"
        made += [
            f"GRANT SELECT ON {at} TO {quote(filtered)}, {quote(full)}",
            f"CREATE POLICY places ON {at} FOR SELECT TO {quote(full)} USING (true)",
        ]
    made += [
        f"""CREATE POLICY readers ON {record}.observation FOR SELECT TO {quote(filtered)} USING (
            entry <= (SELECT newest FROM {access}.rights)
            AND source <> ALL (ARRAY(SELECT target FROM {access}.hidden WHERE subject = 'source'))
            AND coalesce(revises, id) <> ALL (
              ARRAY(SELECT target FROM {access}.hidden WHERE subject = 'observation')))""",
        f"""CREATE POLICY readers ON {record}.entry FOR SELECT TO {quote(filtered)} USING (
            seq <= (SELECT newest FROM {access}.rights))""",
        f"""CREATE POLICY readers ON {record}.original FOR SELECT TO {quote(filtered)} USING (
            (SELECT reporters FROM {access}.rights))""",
        f"""CREATE INDEX IF NOT EXISTS observation_place ON {record}.observation
            USING gist (({access}.place_of(lon, lat, geometry)::{postgis}.geometry(Geometry, 4326)))""",
    ]
    return made


def _views(schema: str, access: str, postgis: str) -> list[str]:
    """What readers read."""
    record = quote(schema)
    plain = f"""{_named("o.id")} AS id, o.kind, to_timestamp(o.occurred_from / 1e6) AS occurred_from,
        to_timestamp(o.occurred_to / 1e6) AS occurred_to, to_timestamp(e.recorded_at / 1e6) AS recorded_at,
        o.actors, o.targets, o.subject, o.weapon_class, o.calibre_mm, o.equipment, o.count, o.fatalities,
        o.injured, o.effort_h, o.method, o.reliability, o.credibility, o.claim <> 0 AS claim,
        o.synthetic <> 0 AS synthetic, {_named("o.supersedes")} AS supersedes,
        o.retracted <> 0 AS retracted"""
    place = f"{access}.place_of(o.lon, o.lat, o.geometry)"
    middle = f"{postgis}.ST_Centroid({place})"
    cells = ", ".join(
        f"floor({postgis}.{axis}({middle}) / {CELL_DEG}) * {CELL_DEG} + {more}"
        for more in (0, CELL_DEG)
        for axis in ("ST_X", "ST_Y")
    )
    # Half of a cell's diagonal at the equator, where it is longest.
    cell_m = round(CELL_DEG / 2 * 2**0.5 * 111_320)
    masked = ", ".join(
        f"CASE WHEN may.reporters THEN o.{name} END AS {name}"
        for name in (
            "source",
            "observed_from",
            "report",
            "quote",
            "details",
            "origin_id",
            "origin_url",
            "serial",
        )
    )
    return [
        f"""CREATE VIEW {access}.observations WITH (security_barrier) AS
            SELECT {plain}, {masked},
              CASE WHEN exact.so THEN o.place END AS place,
              CASE WHEN exact.so THEN o.error_m ELSE greatest(o.error_m, {cell_m}) END AS error_m,
              (CASE WHEN exact.so THEN {place}
                ELSE {postgis}.ST_MakeEnvelope({cells}, 4326) END)::{postgis}.geometry(Geometry, 4326) AS geom
            FROM {record}.observation o JOIN {record}.entry e ON e.seq = o.entry
            CROSS JOIN {access}.rights AS may CROSS JOIN {access}.naming
            CROSS JOIN LATERAL (
              SELECT may.places
                OR o.source = ANY (ARRAY(SELECT target FROM {access}.own WHERE subject = 'source'))
                OR coalesce(o.revises, o.id) = ANY (
                     ARRAY(SELECT target FROM {access}.own WHERE subject = 'observation'))) AS exact (so)""",
        f"""CREATE VIEW {access}.{PLACES} AS
            SELECT {plain}, o.place, o.error_m, {place}::{postgis}.geometry(Geometry, 4326) AS geom
            FROM {record}.observation o JOIN {record}.entry e ON e.seq = o.entry
            CROSS JOIN {access}.rights AS may CROSS JOIN {access}.naming""",
    ]


def _named(id: str) -> str:
    """An id as the reader is shown it: one that can be a digest of places and sources only to who sees both.

    SHA-256 twice, each time after the key: nobody without the key can try out what an id was made of.
    """
    salted = f"sha256(naming.key || sha256(naming.key || convert_to({id}, 'UTF8')))"
    return f"""CASE WHEN may.places AND may.reporters OR {id} IS NULL THEN {id}
          ELSE 'seen-' || left(encode({salted}, 'hex'), 24) END"""
