"""The served mission of `tests/plugins/served_mission.py`, for every test here."""

from served_mission import own_mission, people, template, valleys

__all__ = ["own_mission", "people", "template", "valleys"]
