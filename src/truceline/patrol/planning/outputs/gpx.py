"""A team's plan as GPX 1.1 routes, one a shift, for a hand-held unit."""

from __future__ import annotations

from xml.etree import ElementTree

from truceline.core.instants import isoformat_utc
from truceline.patrol.planning.result import Plan
from truceline.patrol.when import instant

NAMESPACE = "http://www.topografix.com/GPX/1/1"


def gpx_of(plan: Plan, team: str) -> bytes:
    """The routes of a team; every route point that is a post says when to be there, and until when."""
    ElementTree.register_namespace("", NAMESPACE)
    root = ElementTree.Element(_tag("gpx"), {"version": "1.1", "creator": "truceline"})
    for shift in plan.shifts:
        if shift.team != team:
            continue
        route = ElementTree.SubElement(root, _tag("rte"))
        _text(route, "name", f"{team} {shift.day.isoformat()}")
        base = shift.legs[0].shape[0]
        _point(route, base[0], base[1], shift.leave_s, "base", "leave")
        for number, leg in enumerate(shift.legs):
            for lon, lat in leg.shape[1:-1]:
                _point(route, lon, lat, None, None, None)
            lon, lat = leg.shape[-1]
            if number < len(shift.visits):
                visit = shift.visits[number]
                until = isoformat_utc(instant(visit.end_s))
                with_team = f", with {visit.with_team}" if visit.with_team else ""
                _point(route, lon, lat, visit.begin_s, visit.post, f"stay until {until}{with_team}")
            else:
                _point(route, lon, lat, shift.back_s, "base", "back")
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _point(
    route: ElementTree.Element, lon: float, lat: float, at_s: int | None, name: str | None, said: str | None
) -> None:
    point = ElementTree.SubElement(route, _tag("rtept"), {"lat": f"{lat:.7f}", "lon": f"{lon:.7f}"})
    if at_s is not None:
        _text(point, "time", isoformat_utc(instant(at_s)))
    if name:
        _text(point, "name", name)
    if said:
        _text(point, "desc", said)


def _text(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, _tag(tag)).text = text


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
