"""The report of a mission from a workspace: its editions, its files, its figures explained."""
