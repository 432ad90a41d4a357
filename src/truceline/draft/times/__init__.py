"""Moments in a text: found by `expressions`, placed in the calendar by `calendar`."""
