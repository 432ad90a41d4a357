"""Whether the tables and triggers in a schema of PostgreSQL are still as the migrations made them.

What they make is kept in catalog.json, which `make postgres-catalog` writes and a test compares with a new
schema. Only what every version of PostgreSQL says in the same words is compared: names, types, the sources of
functions, what triggers fire on and whether they do.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from sqlalchemy import Connection

from truceline.store.driver import driver_of
from truceline.transparency.findings import Finding

_QUERIES = {
    "table": """
        SELECT relname, relkind::text || ' ' || relpersistence::text FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind NOT IN ('i', 't', 'c')""",
    "column": """
        SELECT relname || '.' || attname, format_type(atttypid, atttypmod)
          || CASE WHEN attnotnull THEN ' not null' ELSE '' END
          || CASE WHEN atthasdef THEN ' default' ELSE '' END
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND attnum > 0
          AND NOT attisdropped""",
    "unique index": """
        SELECT i.relname, t.relname || ' (' || (SELECT string_agg(a.attname, ', ' ORDER BY k.place)
            FROM unnest(indkey::int2[]) WITH ORDINALITY AS k (number, place)
            JOIN pg_attribute a ON a.attrelid = indrelid AND a.attnum = k.number) || ')'
          || CASE WHEN indisvalid AND indpred IS NULL THEN '' ELSE ' in part' END
        FROM pg_index JOIN pg_class i ON i.oid = indexrelid JOIN pg_class t ON t.oid = indrelid
        WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r' AND indisunique""",
    "constraint": """
        SELECT conname, conrelid::regclass::text || ' ' || contype::text
          || CASE WHEN convalidated THEN '' ELSE ' not valid' END
        FROM pg_constraint
        WHERE connamespace = current_schema()::regnamespace AND contype IN ('c', 'f', 'p', 'u')""",
    "trigger": """
        SELECT relname || CASE WHEN tgisinternal THEN ' ' || proname ELSE '.' || tgname END,
          string_agg(concat_ws(' ', tgtype, tgenabled, proname, tgnargs, tgoldtable, tgnewtable,
            CASE WHEN tgqual IS NOT NULL THEN 'when' END), ', ' ORDER BY tgtype, tgenabled)
        FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
        WHERE relnamespace = current_schema()::regnamespace GROUP BY 1""",
    "rule": """
        SELECT relname || '.' || rulename, '' FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class
        WHERE relnamespace = current_schema()::regnamespace""",
    "function": """
        SELECT proname || '(' || pg_get_function_identity_arguments(pg_proc.oid) || ')',
          lanname || ' ' || provolatile::text || CASE WHEN prosecdef THEN ' definer ' ELSE ' ' END || prosrc
        FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
        WHERE pronamespace = current_schema()::regnamespace""",
}


def described(connection: Connection) -> dict[str, str]:
    """Everything in the schema that guards the record: what it is and how it is made."""
    driver = driver_of(connection)
    made: dict[str, str] = {}
    for kind, query in _QUERIES.items():
        made |= {f"{kind} {name}": str(how) for name, how in driver.rows(query)}
    return made


def expected() -> dict[str, str]:
    """What the migrations make."""
    text = files("truceline.store.postgres").joinpath("catalog.json").read_text("utf-8")
    made: dict[str, str] = json.loads(text)
    return made


def schema_findings(connection: Connection) -> list[Finding]:
    """What of the tables, triggers and functions is not as the migrations made it."""
    ours, theirs = expected(), described(connection)
    findings = []
    for name in sorted(ours.keys() | theirs.keys()):
        made, held = ours.get(name), theirs.get(name)
        if made != held:
            how: Any = "removed" if held is None else "inserted" if made is None else "changed"
            findings.append(Finding("pg_catalog", None, f"the {name} was {how}"))
    return findings
