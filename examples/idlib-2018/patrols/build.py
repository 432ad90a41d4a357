"""Makes posts.geojson and teams.yaml: SYNTHETIC posts and teams of both guarantors, for the example's plan.

Run as `python build.py` in this folder. The places are towns of ../control-points.csv that lie further from
the line of contact than it may err, on the side of their party. Nobody's posts, bases or teams were there:
see ../PROVENANCE.md.
"""

from __future__ import annotations

import csv
import json
import unicodedata
from pathlib import Path

HERE = Path(__file__).parent
NOTE = "synthetic: nobody's posts, bases or teams; towns of ../control-points.csv, chosen for the example"
POSTS = {
    "turkey": (
        "Jisr ash Shughūr", "Ḩīsh", "Afis", "Taftanāz", "Al Jānūdīyah", "Kafranbel", "Al Atārib", "Sarmīn",
        "Muḩambal",
    ),
    "russia": (
        "Tremseh", "Maharda", "Tall Salḩab", "Tall aḑ Ḑamān", "Banān", "Khanāşir",
    ),
}  # fmt: skip
TEAMS = (
    ("turkey-south", "turkey", "Arīḩā", ("tr", "ar")),
    ("turkey-north", "turkey", "Batabo", ("tr", "ar")),
    ("russia-west", "russia", "Jubb Ramlah", ("ru", "ar")),
    ("russia-east", "russia", "As Safīrah", ("ru",)),
)
REVISIT_H = (24, 48, 72)


def main() -> None:
    """Writes both files."""
    with (HERE.parent / "control-points.csv").open(encoding="utf-8", newline="") as file:
        places = {row["place"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)}
    features = [
        {
            "type": "Feature",
            "properties": {
                "id": name_of(place), "place": place, "party": party, "radius_m": 300, "visit_min": 30,
                "revisit_h": REVISIT_H[number % len(REVISIT_H)], "synthetic": True,
            },
            "geometry": {"type": "Point", "coordinates": list(places[place])},
        }
        for party, names in POSTS.items()
        for number, place in enumerate(names)
    ]  # fmt: skip
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    (HERE / "posts.geojson").write_text(
        f'{{"type": "FeatureCollection", "note": {json.dumps(NOTE)}, "features": [\n{lines}\n]}}\n',
        encoding="utf-8",
    )
    teams = [
        f"  - id: {id}\n    party: {party}\n    base: {{lon: {places[place][0]}, lat: {places[place][1]}}}\n"
        f"    vehicle: {{kind: car, speed_kmh: 60}}\n    shift: {{from: '07:00', hours: 10}}\n"
        f"    languages: [{', '.join(languages)}]\n"
        for id, party, place, languages in TEAMS
    ]
    (HERE / "teams.yaml").write_text(
        f"# {NOTE}; see build.py\ncurfew: {{from: '19:00', to: '06:00'}}\nteams:\n{''.join(teams)}",
        encoding="utf-8",
    )


def name_of(place: str) -> str:
    """The id of a post: the town's name in plain letters."""
    plain = unicodedata.normalize("NFKD", place).encode("ascii", "ignore").decode()
    return "-".join(plain.lower().split())


if __name__ == "__main__":
    main()
