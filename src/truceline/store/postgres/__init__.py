"""The server store: the record in a schema of a PostgreSQL database, with PostGIS where it is there."""
