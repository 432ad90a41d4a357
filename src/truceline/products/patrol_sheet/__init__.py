"""A plan of patrols as a printable sheet, a page a team and day."""
