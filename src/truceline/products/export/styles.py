"""How the layers of a GeoPackage look when QGIS opens it: styles in QGIS's own format (QML), one a layer.

A reported place is drawn as the circle that holds it with 95%, in metres on the ground; what is known less
well is an area. Colours tell kinds apart without red and green alone (Okabe and Ito, 2008); a dashed edge
is what is approximate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILION, PURPLE, GREY = (
    "230,159,0", "86,180,233", "0,158,115", "240,228,66", "0,114,178", "213,94,0", "204,121,167",
    "110,110,110",
)  # fmt: skip

FAMILIES = {
    "any_military_action": ("military action", VERMILION),
    "restricted_act": ("restricted act", ORANGE),
    "presence": ("presence", PURPLE),
    "withdrawal": ("withdrawal", GREEN),
    "route": ("route", BLUE),
    "patrol": ("patrol", SKY),
    "effort": ("observation effort", YELLOW),
}
OTHERS = ("other", GREY)

ROUTE_STATUS = {
    "reopened": ("reopened", GREEN),
    "partly_open": ("partly open", YELLOW),
    "closed": ("closed", VERMILION),
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol layer: its class in QGIS, its properties, and properties that an expression decides."""

    kind: str
    layer: str
    properties: Mapping[str, str]
    computed: Mapping[str, str]


def style_of(layer: str) -> str | None:
    """The QML of a layer of a GeoPackage; None for a table without geometry."""
    if layer == "observations_point":
        return _by("family", FAMILIES, OTHERS, _circle)
    if layer == "observations_area":
        return _by("family", FAMILIES, OTHERS, _area)
    if layer == "observations_line":
        return _by("family", FAMILIES, OTHERS, _line)
    if layer == "zones":
        return _by("part", {"least": ("surely in the zone", BLUE)}, ("may be in the zone", SKY), _zone)
    if layer == "lines":
        return _by(
            'if("approximate", 1, 0)', {"1": ("approximate", GREY)}, ("the parties' own", "0,0,0"), _contact
        )
    if layer == "routes":
        return _by("status", ROUTE_STATUS, ("unverified", GREY), _route)
    if layer == "effort":
        return _by(
            "kind", {"observation_effort": ("somebody looked", SKY)}, ("access refused", ORANGE), _area
        )
    return None


def _circle(colour: str) -> Symbol:
    # Never less than 1.5 mm, so that an exact place is still seen on a small map.
    fixed = {
        "name": "circle",
        "color": f"{colour},90",
        "outline_color": f"{colour},255",
        "outline_width": "0.3",
        "size": "5",
        "size_unit": "RenderMetersInMapUnits",
        "size_map_unit_scale": "3x:0,0,1,1.5,0,0",
    }
    # The size of a marker is its diameter.
    return Symbol("marker", "SimpleMarker", fixed, {"size": '2 * "error_m"'})


def _area(colour: str) -> Symbol:
    fixed = {
        "color": f"{colour},20",
        "style": "solid",
        "outline_color": f"{colour},200",
        "outline_style": "dash",
        "outline_width": "0.3",
    }
    return Symbol("fill", "SimpleFill", fixed, {})


def _zone(colour: str) -> Symbol:
    fixed = {
        "color": f"{colour},50",
        "style": "solid",
        "outline_color": f"{colour},255",
        "outline_style": "solid",
        "outline_width": "0.4",
    }
    return Symbol("fill", "SimpleFill", fixed, {})


def _line(colour: str) -> Symbol:
    return Symbol("line", "SimpleLine", {"line_color": f"{colour},255", "line_width": "0.6"}, {})


def _contact(colour: str) -> Symbol:
    style = "dash" if colour == GREY else "solid"
    fixed = {"line_color": f"{colour},255", "line_width": "0.8", "line_style": style}
    return Symbol("line", "SimpleLine", fixed, {})


def _route(colour: str) -> Symbol:
    return Symbol("line", "SimpleLine", {"line_color": f"{colour},255", "line_width": "1.2"}, {})


def _by(
    attribute: str,
    values: Mapping[str, tuple[str, str]],
    others: tuple[str, str],
    drawn: Callable[[str], Symbol],
) -> str:
    """A renderer by the values of an attribute, and for all others."""
    entries = [*((value, *said) for value, said in values.items()), ("", *others)]
    categories = "".join(
        f'<category value={quoteattr(value)} symbol="{number}" label={quoteattr(words)} render="true"/>'
        for number, (value, words, _) in enumerate(entries)
    )
    symbols = "".join(_symbol(number, drawn(colour)) for number, (_, _, colour) in enumerate(entries))
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        '<qgis version="3.22" styleCategories="Symbology">'
        f'<renderer-v2 type="categorizedSymbol" attr={quoteattr(attribute)} symbollevels="0" '
        'enableorderby="0" forceraster="0">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2></qgis>"
    )


def _symbol(number: int, symbol: Symbol) -> str:
    fixed = "".join(_option(name, value) for name, value in symbol.properties.items())
    computed = "".join(
        f'<Option name={quoteattr(name)} type="Map"><Option name="active" value="true" type="bool"/>'
        f'<Option name="expression" value={quoteattr(expression)} type="QString"/>'
        '<Option name="type" value="3" type="int"/></Option>'
        for name, expression in symbol.computed.items()
    )
    return (
        f'<symbol type="{symbol.kind}" name="{number}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f'<layer class="{symbol.layer}" enabled="1" pass="0" locked="0">'
        f'<Option type="Map">{fixed}</Option>'
        '<data_defined_properties><Option type="Map"><Option name="name" value="" type="QString"/>'
        f'<Option name="properties" type="Map">{computed}</Option>'
        '<Option name="type" value="collection" type="QString"/></Option></data_defined_properties>'
        "</layer></symbol>"
    )


def _option(name: str, value: str) -> str:
    return f'<Option name={quoteattr(name)} value="{escape(value)}" type="QString"/>'
