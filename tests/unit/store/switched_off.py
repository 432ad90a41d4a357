"""Ways to switch off what keeps readers of a server apart: the statement, and what is told of it."""

SWITCHED_OFF = {
    "a policy dropped": (
        "DROP POLICY readers ON truceline.observation",
        "the policy truceline.observation.readers was removed",
    ),
    "a policy that lets all through": (
        "CREATE POLICY x ON truceline.observation FOR SELECT TO truceline_views USING (true)",
        "the policy truceline.observation.x was inserted",
    ),
    "a policy loosened": (
        "ALTER POLICY readers ON truceline.observation USING (true)",
        "the policy truceline.observation.readers was changed",
    ),
    "a policy for everybody": (
        "ALTER POLICY writer ON truceline.statement TO PUBLIC",
        "the policy truceline.statement.writer was changed",
    ),
    "row-level security switched off": (
        "ALTER TABLE truceline.observation DISABLE ROW LEVEL SECURITY",
        "the row-level security of truceline.observation was changed",
    ),
    "a view without its mask": (
        "CREATE OR REPLACE VIEW truceline_access.rights AS SELECT true AS places, true AS reporters, "
        "10::bigint AS newest",
        "the view truceline_access.rights was changed",
    ),
    "a view that is no barrier": (
        "ALTER VIEW truceline_access.observations RESET (security_barrier)",
        "the view truceline_access.observations was changed",
    ),
    "a view of its own": (
        "CREATE VIEW truceline_access.all_of_it AS SELECT * FROM truceline.observation",
        "the view truceline_access.all_of_it was inserted",
    ),
    "a view given away": (
        "ALTER VIEW truceline_access.hidden OWNER TO truceline_views",
        "the owner of truceline_access.hidden was changed",
    ),
    "a view dropped": (
        "DROP VIEW truceline_access.observation_places",
        "the view truceline_access.observation_places was removed",
    ),
    "a right on the record": (
        "GRANT SELECT ON truceline.observation TO truceline_public",
        "the rights on truceline.observation was changed",
    ),
    "a right on a column": (
        "GRANT SELECT (report) ON truceline.observation TO truceline_public",
        "the rights on columns of truceline.observation was inserted",
    ),
    "a right on the schema": (
        "GRANT USAGE ON SCHEMA truceline TO truceline_public",
        "the rights on the schema truceline was changed",
    ),
    "an audience that sees more": (
        "UPDATE truceline_access.audience SET exact_places = true WHERE role = 'truceline_public'",
        "the audience of the role truceline_public was changed",
    ),
    "an audience of the attacker": (
        "INSERT INTO truceline_access.audience VALUES ('x', 'all', NULL, true, true, '0')",
        "the audience of the role x was inserted",
    ),
    "a role that passes by": (
        "ALTER ROLE truceline_views BYPASSRLS",
        "the role truceline_views was changed",
    ),
    "a member among the views": (
        "GRANT truceline_places TO truceline_public",
        "the members of truceline_places was changed",
    ),
    "a function that finds no place": (
        "CREATE OR REPLACE FUNCTION truceline_access.place_of(lon float8, lat float8, wkb bytea) RETURNS "
        "public.geometry LANGUAGE sql AS 'SELECT NULL::public.geometry'",
        "the function truceline_access.place_of was changed",
    ),
    "all of it": (
        "DROP SCHEMA truceline_access CASCADE",
        "the schema truceline_access was removed",
    ),
}
