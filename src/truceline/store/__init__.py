"""The embedded evidence store: append-only and bitemporal, in SQLite."""
