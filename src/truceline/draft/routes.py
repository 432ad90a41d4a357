"""The ends of routes: "linking X with A and B" is two routes."""

from __future__ import annotations

import re

_NAME = r"(?:(?:al|el|ar|as|ad)-)?[A-Z][\w'-]*(?:\s+(?:(?:al|el|ar|as|ad)-)?[A-Z][\w'-]*){0,3}"
_KIND = (
    r"(?:(?:the\s+)?(?:[a-z]+\s+){0,4}?(?:cities|towns?|ports?|villages?|city|capital|town)\s+(?:of\s+)?)?"
)
_PLACE = rf"(?:the\s+)?{_KIND}(?P<{{n}}>{_NAME})"
_ROAD = re.compile(r"\b(?P<road>(?:[A-Z]{1,2}-?\d{1,3}|Highway\s+\d+|Route\s+\d+))\b")


def _p(name: str) -> str:
    return rf"(?:[A-Za-z]+'s\s+)?(?:the\s+)?{_KIND}(?P<{name}>{_NAME})"


_PAIRS = (
    re.compile(rf"\bfrom\s+{_p('a')}\s+to\s+{_p('b')}"),
    re.compile(rf"\bbetween\s+{_p('a')}\s+and\s+{_p('b')}"),
    re.compile(
        rf"\b(?:link(?:s|ing|ed)?|connect(?:s|ing|ed)?|join(?:s|ing|"
        rf"ed)?)\s+(?:[A-Z]\w+'s\s+)?{_p('a')}\s+(?:with|to|"
        rf"and)\s+(?:both\s+)?{_p('b')}(?:\s+and\s+(?:with\s+|"
        rf"to\s+)?{_p('c')})?"
    ),
)
_HYPHEN = re.compile(
    rf"\b(?P<a>{_NAME.replace('-]', ']')})\s?(?:-|"
    rf"/)\s?(?P<b>{_NAME.replace('-]', ']')})(?=\s+(?:road|route|highway|"
    rf"motorway|railway|line|rail|corridor|artery|and|roads|routes|"
    rf"crossing))"
)
_BARE = _NAME.replace("\\w'-", "\\w'")
_NAMED = re.compile(
    r"\b(?:roads?|routes?|highways?|motorways?|railways?|corridors?|lines?|causeways?|lanes?|ferry|ferries|links?|tracks?|services?)\s+"
    rf"(?P<list>{_BARE}\s?(?:-|/)\s?{_BARE}(?:(?:,\s*(?:and\s+)?|\s+and\s+){_BARE}\s?(?:-|/)\s?{_BARE})*)"
)
_EACH = re.compile(rf"(?P<a>{_BARE})\s?(?:-|/)\s?(?P<b>{_BARE})")
_LONE = re.compile(rf"\b(?:road|route|highway|railway|corridor|motorway|line)\s+to\s+{_p('b')}")


def routes_in(own: str) -> list[tuple[str | None, str | None, str | None]]:
    """The routes of a clause as (from, to, road); one with open ends where the clause names none."""
    found: list[tuple[str | None, str | None, str | None]] = []
    for pattern in (*_PAIRS, _HYPHEN):
        for match in pattern.finditer(own):
            parts = match.groupdict()
            road = next(
                (m["road"] for m in _ROAD.finditer(own, max(0, match.start() - 14), match.start())), None
            )
            pair = (parts["a"], parts["b"], road)
            if not any({pair[0], pair[1]} == {f[0], f[1]} for f in found):
                found.append(pair)
            if parts.get("c"):
                found.append((parts["a"], parts["c"], road))
    for listed in _NAMED.finditer(own):
        for match in _EACH.finditer(listed["list"]):
            if not any({match["a"], match["b"]} == {f[0], f[1]} for f in found):
                found.append((match["a"], match["b"], None))
    if found:
        return found
    roads = [m["road"] for m in _ROAD.finditer(own)]
    if roads:
        return [(None, None, road) for road in dict.fromkeys(roads)]
    lone = _LONE.search(own)
    return [(None, lone["b"], None)] if lone else [(None, None, None)]
