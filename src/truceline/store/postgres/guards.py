"""What keeps readers of a server apart, described: policies, rights, views, and who is let past them.

`truceline access roles` makes these (`truceline.store.postgres.roles`) and records in the log what they then
are; a check of the log compares that with what they are now. So a policy that was switched off, a view that
was made anew without its mask, or a right that somebody was given is found. Logins that are made members of
an audience's role are not looked at: that is how people are let in.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from truceline.store.driver import driver_of, one
from truceline.transparency.findings import Finding

_VERSION = "server"

# Each: a name, and how it is made. `?` are the schema of the record and that of the views, `idlib_access`.
_HERE = "(?, ?)"
_ROLES = "(? || '_writer', ? || '_views', ? || '_places')"
_QUERIES = {
    "row-level security of": f"""
        SELECT nspname || '.' || relname, concat_ws(' ', relrowsecurity, relforcerowsecurity)
        FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
        WHERE nspname IN {_HERE} AND relkind IN ('r', 'p')""",
    "policy": f"""
        SELECT schemaname || '.' || tablename || '.' || policyname,
          concat_ws(' ', permissive, roles::text, cmd, qual, 'check', with_check)
        FROM pg_policies WHERE schemaname IN {_HERE}""",
    "view": f"""
        SELECT nspname || '.' || relname, concat_ws(' ', pg_get_userbyid(relowner), reloptions::text,
          pg_get_viewdef(c.oid))
        FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
        WHERE nspname IN {_HERE} AND relkind = 'v'""",
    "function": f"""
        SELECT nspname || '.' || proname, concat_ws(' ', prosecdef, provolatile, proconfig::text, prosrc)
        FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
        WHERE nspname IN {_HERE} AND nspname <> current_schema()""",
    "owner of": f"""
        SELECT nspname || '.' || relname, pg_get_userbyid(relowner)
        FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
        WHERE nspname IN {_HERE} AND relkind IN ('r', 'p', 'v')""",
    "rights on": f"""
        SELECT nspname || '.' || relname, string_agg(DISTINCT concat_ws(' ',
          CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END, privilege_type), ', ')
        FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace,
          aclexplode(coalesce(relacl, acldefault('r', relowner)))
        WHERE nspname IN {_HERE} AND relkind IN ('r', 'p', 'v') AND grantee <> relowner GROUP BY 1""",
    "rights on columns of": f"""
        SELECT nspname || '.' || relname, string_agg(DISTINCT concat_ws(' ', attname, attacl::text), ', ')
        FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace
        WHERE nspname IN {_HERE} AND attacl IS NOT NULL GROUP BY 1""",
    "rights on the schema": f"""
        SELECT nspname, string_agg(DISTINCT concat_ws(' ',
          CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END, privilege_type), ', ')
        FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner)))
        WHERE nspname IN {_HERE} AND grantee <> nspowner GROUP BY 1""",
    "role": f"""
        SELECT rolname, concat_ws(' ', rolsuper, rolbypassrls, rolcreaterole, rolcanlogin)
        FROM pg_roles WHERE rolname IN {_ROLES}""",
    "members of": f"""
        SELECT r.rolname, string_agg(m.rolname, ', ' ORDER BY m.rolname)
        FROM pg_auth_members a JOIN pg_roles r ON r.oid = roleid JOIN pg_roles m ON m.oid = member
        WHERE r.rolname IN {_ROLES.replace("? || '_writer', ", "")} GROUP BY 1""",
}


def described(connection: Connection, schema: str) -> dict[str, str]:
    """All of it, as it is now: the SHA-256 of how each thing is made, by kind and name."""
    driver = driver_of(connection)
    access = f"{schema}_access"
    made: dict[str, str] = {}
    for kind, query in _QUERIES.items():
        both = "IN (?, ?)" in query
        parameters = (schema, access) if both else (schema,) * query.count("?")
        made |= {f"{kind} {name}": _digest(how) for name, how in driver.rows(query, parameters)}
    for audience in driver.rows(f"SELECT * FROM {access}.audience ORDER BY role"):
        made[f"audience of the role {audience[0]}"] = _digest(audience[1:])
    ((version,),) = driver.rows("SELECT current_setting('server_version_num')::int / 10000")
    return made | {_VERSION: f"PostgreSQL {version}"}


def _digest(how: Any) -> str:
    return sha256(str(how).encode()).hexdigest()[:32]


def place_of(connection: Connection) -> int:
    """The number of the record's schema on its server, by which a record that was moved is known: there its
    readers' roles are to be made anew."""
    query = "SELECT oid::int8 FROM pg_namespace WHERE nspname = current_schema()"
    ((place,),) = driver_of(connection).rows(query)
    return int(place)


def as_recorded(described_: dict[str, str]) -> str:
    """What is recorded of it."""
    return json.dumps(described_, ensure_ascii=False, sort_keys=True)


def guard_findings(connection: Connection, schema: str) -> list[Finding]:
    """What keeps readers apart and is not as it was recorded; nothing where no roles were made here."""
    driver = driver_of(connection)
    last = one(driver, "SELECT place, content FROM access_setup ORDER BY entry DESC LIMIT 1")
    if last is None or last[0] != place_of(connection):
        return []
    ours: dict[str, str] = json.loads(last[1])
    if not driver.rows("SELECT to_regclass(?)", (f"{schema}_access.audience",))[0][0]:
        return [Finding("pg_catalog", None, f"the schema {schema}_access was removed")]
    theirs = described(connection, schema)
    if ours.pop(_VERSION, None) != theirs.pop(_VERSION):
        what = "roles and policies were made on another version of PostgreSQL: truceline access roles anew"
        return [Finding("pg_catalog", None, what)]
    findings = []
    for name in sorted(ours.keys() | theirs.keys()):
        if ours.get(name) != theirs.get(name):
            how = "removed" if name not in theirs else "inserted" if name not in ours else "changed"
            findings.append(Finding("pg_catalog", None, f"the {name} was {how}"))
    return findings
