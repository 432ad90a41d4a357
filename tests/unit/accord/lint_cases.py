"""What each rule of the check finds: its code, where, what is changed in the small accord, what is added."""

from __future__ import annotations

PROVISION = """\
  - id: more
    kind: {kind}
    quotes: [{{source: text, exact: The sides, start: 0, end: 9}}]
"""
READING = """\
interpretations:
  - id: question
    question: Which?
    adopted: one
    readings:
      - {id: one, text: One}
      - {id: two, text: Two, changes: [{target: TARGET, set: {SET}}]}
"""
AMENDMENT = """\
amendments:
  - {id: later, title: Later, date: DATE, source: text, changes: [{target: TARGET, set: {SET}}]}
"""


def more(kind: str, *lines: str) -> str:
    return PROVISION.format(kind=kind) + "".join(f"    {line}\n" for line in lines)


def reading(target: str, change: str) -> str:
    return READING.replace("TARGET", target).replace("SET", change)


def amendment(target: str, change: str, date: str = "2030-06-01") -> str:
    return AMENDMENT.replace("TARGET", target).replace("SET", change).replace("DATE", date)


BOUND = "parties: [north, south]"
GEOMETRY = "{type: LineString, coordinates: [[30, 50], [30.5, 50]]}"
DERIVATION = "    derivation: {line: line, side: both, depth_m: {min: 1000, max: 2000}}\n"
VERSION = (
    "  - {{id: {}, version_of: line, {}, geometry: "
    "{{type: LineString, coordinates: [[30, 50], [31, 50]]}}}}\n"
)

CASES: list[tuple[str, str, list[tuple[str, str]], str]] = [
    ("duplicate-id", "parties[1].id", [("id: south, names", "id: north, names")], ""),
    (
        "reserved-id",
        "provisions[3].id",
        [],
        more("other", BOUND, "subject: x").replace("id: more", "id: signed"),
    ),
    ("unresolved-reference", "provisions[0].parties[0]", [(BOUND, "parties: [nort, south]")], ""),
    ("unresolved-reference", "lines[0].right", [("right: south", "right: sout")], ""),
    ("unresolved-reference", "zones[0].derivation[0].line", [("{line: line,", "{line: lin,")], ""),
    (
        "unresolved-reference",
        "provisions[2].zone",
        [("    zone: zone\n    due: 2030-01-20", "    zone: none\n    due: 2030-01-20")],
        "",
    ),
    ("unresolved-reference", "provisions[0].quotes[0].source", [("{source: text,", "{source: txt,")], ""),
    (
        "unresolved-reference",
        "provisions[3].depends_on[0]",
        [],
        more("other", BOUND, "subject: x", "depends_on: [zone]"),
    ),
    (
        "unresolved-reference",
        "provisions[3].due.after",
        [],
        more("other", BOUND, "subject: x", "due: {after: never, days: 1}"),
    ),
    ("unresolved-reference", "provisions[3].area", [], more("cessation", BOUND, "area: nowhere")),
    (
        "unresolved-reference",
        "provisions[3].designation",
        [],
        more("forces_withdrawal", "designation: ceasefire", "zone: zone"),
    ),
    (
        "unresolved-reference",
        "provisions[3].bands.far",
        [],
        more("restriction", BOUND, "acts: [flight]", "bands: {far: {line: line, side: left, to_m: 5}}"),
    ),
    (
        "unresolved-reference",
        "provisions[3].band.line.south",
        [],
        more("restriction", BOUND, "acts: [flight]", "band: {line: {south: l}, side: left, to_m: 5}"),
    ),
    (
        "unresolved-reference",
        "amendments[0].source",
        [],
        amendment("ceasefire", "note: x").replace("source: text", "source: t"),
    ),
    (
        "unresolved-reference",
        "interpretations[0].about[0]",
        [],
        reading("ceasefire", "note: x").replace("    adopted", "    about: [x]\n    adopted"),
    ),
    (
        "unknown-speaker",
        "statements[0].speaker",
        [],
        "statements: [{id: s, speaker: nobody, stance: neutral,"
        " quote: {source: text, exact: The, start: 0, end: 3}}]\n",
    ),
    (
        "cycle",
        "parties[0].member_of",
        [
            (
                "role: side}\n  - {id: south, names: South, role: side}",
                "role: side, member_of: [south]}\n"
                "  - {id: south, names: South, role: side, member_of: [north]}",
            )
        ],
        "",
    ),
    ("cycle", "provisions[3].depends_on", [], more("other", BOUND, "subject: x", "depends_on: [more]")),
    ("cycle", "provisions[3].due", [], more("other", BOUND, "subject: x", "due: {after: more, days: 1}")),
    ("unknown-time-zone", "accord.time_zone", [("Europe/Kyiv", "Europe/Atlantis")], ""),
    ("unsigned", "accord", [("  signed: 2030-01-01\n", "")], ""),
    (
        "in-force-before-signature",
        "accord.in_force",
        [("  signed: 2030-01-01\n", "  signed: 2030-01-01\n  in_force: 2029-01-01\n")],
        "",
    ),
    ("deadline-before-signature", "provisions[2].due", [("2030-01-20", "2029-12-31")], ""),
    ("amendment-before-signature", "amendments[0].date", [], amendment("ceasefire", "note: x", "2029-12-01")),
    (
        "interval-inverted",
        "lines[0].valid_to",
        [("    left: north", "    valid_from: 2030-03-01\n    valid_to: 2030-02-01\n    left: north")],
        "",
    ),
    (
        "interval-inverted",
        "provisions[3].until",
        [],
        more("cessation", BOUND, "from: 2030-03-01", "until: 2030-02-01"),
    ),
    (
        "moment-unknown",
        "provisions[3].due",
        [],
        more("other", BOUND, "subject: x", "due: {after: in_force, days: 1}"),
    ),
    (
        "due-before-dependency",
        "provisions[1].depends_on[0]",
        [("    due: 2030-01-25", "    depends_on: [weapons-leave]\n    due: 2030-01-15")],
        "",
    ),
    ("withdrawal-after-zone", "provisions[2].due", [("2030-01-20", "2030-01-26")], ""),
    ("min-above-max", "zones[0].derivation[0].depth_m", [("min: 1000", "min: 3000")], ""),
    (
        "min-above-max",
        "provisions[3].band.to_m",
        [],
        more("restriction", BOUND, "acts: [flight]", "band: {line: line, side: left, from_m: 9, to_m: 5}"),
    ),
    ("zone-without-geometry", "zones[0]", [(DERIVATION, "")], ""),
    ("line-without-geometry", "lines[0]", [(f"    geometry: {GEOMETRY}\n", "")], ""),
    (
        "versions-disagree",
        "lines[2]",
        [
            (
                "zones:\n",
                VERSION.format("b", "valid_from: 2030-01-01")
                + VERSION.format("c", "valid_from: 2031-01-01")
                + "zones:\n",
            )
        ],
        "",
    ),
    (
        "versions-leave-a-gap",
        "lines[1].valid_from",
        [
            ("    right: south\n", "    right: south\n    valid_to: 2030-03-01\n"),
            ("zones:\n", VERSION.format("b", "valid_from: 2030-03-03") + "zones:\n"),
        ],
        "",
    ),
    (
        "stretch-beyond-line",
        "lines[0].uncertainty_segments[0].to_m",
        [
            (
                "    right: south\n",
                "    right: south\n    uncertainty_segments: [{from_m: 9, to_m: 99000, uncertainty_m: 8}]\n",
            )
        ],
        "",
    ),
    (
        "segment-beyond-line",
        "zones[0].derivation[0].segments[0].to_m",
        [("max: 2000}}", "max: 2000}, segments: [{from_m: 9, to_m: 99000, depth_m: {max: 8}}]}")],
        "",
    ),
    (
        "segment-beyond-line",
        "zones[0].derivation[0].segments[0].to_m",
        [
            ("max: 2000}}", "max: 2000}, segments: [{from_m: 9, to_m: 30000, depth_m: {max: 8}}]}"),
            (
                "zones:\n",
                "  - {id: shorter, version_of: line, known_from: 2030-02-01,\n"
                "     geometry: {type: LineString, coordinates: [[30, 50], [30.1, 50]]}}\nzones:\n",
            ),
        ],
        "",
    ),
    (
        "min-above-max",
        "zones[0].derivation[0].segments[0].depth_m",
        [("max: 2000}}", "max: 2000}, segments: [{from_m: 9, to_m: 99, depth_m: {min: 9, max: 8}}]}")],
        "",
    ),
    (
        "depth-without-maximum",
        "zones[0].derivation[0].segments[0].depth_m",
        [("max: 2000}}", "max: 2000}, segments: [{from_m: 9, to_m: 99, depth_m: {min: 9}}]}")],
        "",
    ),
    (
        "depth-without-maximum",
        "zones[0].derivation[0].depth_m",
        [("{min: 1000, max: 2000}", "{min: 1000}")],
        "",
    ),
    (
        "width-disagrees",
        "provisions[1].width_m",
        [("    due: 2030-01-25", "    width_m: {min: 1000, max: 5000}\n    due: 2030-01-25")],
        "",
    ),
    ("line-has-one-side", "lines[0].right", [("right: south", "right: north")], ""),
    (
        "unused",
        "lines[1]",
        [
            (
                "zones:\n",
                "  - {id: idle, geometry: {type: LineString, coordinates: [[30, 50], [31, 50]]}}\nzones:\n",
            )
        ],
        "",
    ),
    (
        "outside-region",
        "lines[0].geometry",
        [("  version: 1\n", "  version: 1\n  region: [10, 10, 11, 11]\n")],
        "",
    ),
    (
        "coordinates-swapped",
        "lines[0].geometry",
        [
            ("  version: 1\n", "  version: 1\n  region: [29, 49, 31, 51]\n"),
            ("[[30, 50], [30.5, 50]]", "[[50, 30], [50, 30.5]]"),
        ],
        "",
    ),
    (
        "coordinates-swapped",
        "lines[0].geometry",
        [("[[30, 50], [30.5, 50]]", "[[50, 30], [50, 30.5]]")],
        """places:
  - {id: east, names: East, geometry: {type: Point, coordinates: [30.6, 50.1]}}
  - {id: west, names: West, geometry: {type: Point, coordinates: [29.9, 49.9]}}
""",
    ),
    ("geometry-missing", "lines[0].geometry", [(GEOMETRY, "none.geojson")], ""),
    (
        "geometry-invalid",
        "places[0].geometry",
        [],
        """places:
  - id: bow
    names: Bow
    geometry: {type: Polygon, coordinates: [[[30, 50], [31, 51], [31, 50], [30, 51], [30, 50]]]}
""",
    ),
    ("geometry-invalid", "lines[0].geometry", [("[[30, 50], [30.5, 50]]", "[[0, 0], [150, 5]]")], ""),
    ("geometry-invalid", "lines[0].geometry", [(GEOMETRY, "{type: Point, coordinates: [30, 50]}")], ""),
    ("geometry-invalid", "lines[0].geometry", [(GEOMETRY, "../../secret.geojson")], ""),
    ("binds-nobody", "provisions[0]", [(f"    {BOUND}\n", "")], ""),
    ("binds-bystander", "provisions[0].parties[0]", [(BOUND, "parties: [friend, south]")], ""),
    ("unknown-weapon-class", "provisions[2].weapons[0]", [("[heavy_weapon]", "[tanc]")], ""),
    ("unknown-act", "provisions[3].acts[0]", [], more("cessation", BOUND, "acts: [air_strik]")),
    ("unknown-kind", "verification.grace_days.rout", [], "verification: {grace_days: {rout: 2}}\n"),
    ("designation-by-one", "provisions[3].by", [], more("designation", "by: [north]")),
    ("incomplete", "provisions[2]", [("    weapons: [heavy_weapon]\n", "")], ""),
    ("incomplete", "provisions[3]", [], more("routes", BOUND, "from: a")),
    ("incomplete", "provisions[3]", [], more("patrols", BOUND)),
    ("incomplete", "provisions[3]", [], more("ceiling", BOUND, "class: tank", "maximum: 3")),
    ("incomplete", "provisions[3]", [], more("restriction", BOUND, "zone: zone")),
    (
        "patrol-side-unbound",
        "provisions[3].sides.friend",
        [],
        more("patrols", BOUND, "zone: zone", "sides: {friend: left}"),
    ),
    (
        "thresholds-inverted",
        "verification.thresholds",
        [],
        "verification: {thresholds: {probable: 0.95, confirmed: 0.9}}\n",
    ),
    (
        "no-quote",
        "provisions[0]",
        [("    quotes: [{source: text, exact: The sides cease fire, start: 0, end: 20}]\n", "")],
        "",
    ),
    ("quote-not-in-source", "provisions[0].quotes[0]", [("start: 0, end: 20", "start: 1, end: 21")], ""),
    (
        "quote-not-in-source",
        "provisions[0].quotes[0]",
        [("The sides cease fire,", "The sides cease firm,")],
        "",
    ),
    (
        "quote-context",
        "provisions[0].quotes[0]",
        [("start: 0, end: 20", "start: 0, end: 20, suffix: ' and'")],
        "",
    ),
    ("quote-unchecked", "provisions[0].quotes[0]", [(", file: text.txt", "")], ""),
    ("source-missing", "sources[0].file", [("file: text.txt", "file: gone.txt")], ""),
    ("source-missing", "sources[0].file", [("file: text.txt", "file: ../x.txt")], ""),
    ("source-changed", "sources[0].sha256", [('sha256: "', f'sha256: "{"0" * 64}" #')], ""),
    ("change-does-not-apply", "interpretations[0].readings[1]", [], reading("nothing", "note: x")),
    (
        "change-does-not-apply",
        "interpretations[0].readings[1]",
        [],
        reading("zone", "derivation.7.side: left"),
    ),
    ("change-does-not-apply", "amendments[0]", [], amendment("ceasefire", "duee: 2030-08-01")),
    (
        "min-above-max",
        "interpretations[0].readings[1]",
        [],
        reading("zone", "derivation.0.depth_m.min: 9000"),
    ),
    (
        "reading-changes-nothing",
        "interpretations[0].readings[1]",
        [],
        reading("zone", "note: x").replace(", changes: [{target: zone, set: {note: x}}]", ""),
    ),
]
