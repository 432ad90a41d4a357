"""Search for places by name, in Latin, Arabic or Cyrillic script, whatever the marks and spellings.

Searched are what the accord draws (places, zones, sectors, routes) and the workspace's basemap: its towns and
districts, and ``basemap/places.geojson`` where there is one, for instance the places of an OpenStreetMap
extract (``osmium tags-filter X.osm.pbf n/place``, ``osmium export``): ``name`` and ``name:xx`` are its names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import shapely
from rapidfuzz import fuzz, process
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from truceline.app.desk.coverage import sector_features
from truceline.app.desk.desk import Desk
from truceline.app.desk.drawing import Feature
from truceline.app.desk.ground import place_features, route_features, zone_features
from truceline.app.desk.verdicts import Asked
from truceline.app.report_inputs import BASEMAP
from truceline.products.report.basemap import read_collection

FILES = (("town", "towns.geojson"), ("district", "districts.geojson"), ("place", "places.geojson"))
_RANK_OF = {"city": 1, "town": 2, "village": 3, "suburb": 3, "hamlet": 4}
_NAME = re.compile(r"^(?:name|alt_name|old_name|int_name|official_name|loc_name)(?::([a-z]{2,3}))?$")
_ALIKE = 78.0
"""How alike (of 100) a name must be that neither holds nor begins with what was asked."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something with names and a place. `folded` are its names as they are compared; a lower `rank` is a
    larger place."""

    id: str
    kind: str
    names: Mapping[str, str]
    folded: tuple[str, ...]
    rank: int
    lon: float
    lat: float
    bounds: tuple[float, float, float, float]
    error_m: float | None = None

    def as_dict(self, language: str) -> dict[str, Any]:
        """As plain JSON data, named in a language where it has a name in it."""
        shown = self.names.get(language) or self.names.get("en") or next(iter(self.names.values()), self.id)
        return {
            "id": self.id,
            "kind": self.kind,
            "name": shown,
            "names": dict(self.names),
            "lon": round(self.lon, 6),
            "lat": round(self.lat, 6),
            "bbox": [round(value, 6) for value in self.bounds],
            "error_m": self.error_m,
        }


def find_places(desk: Desk, words: str, language: str, limit: int) -> list[dict[str, Any]]:
    """What bears a name like these words: the same first, then what begins with them, then what has a word
    that does, what holds them, and what is spelt alike; of these, what the accord names and larger places
    first. Each thing once."""
    forms = tuple(_forms(words))
    if not forms:
        return []
    names = gazetteer(desk)
    ranked: dict[int, tuple[int, float]] = {}
    for at, one in enumerate(names):
        best = min(_match(name, form) for name in one.folded for form in forms)
        if best <= _HOLDS:
            ranked[at] = best, 0.0
    wanted = forms[0]
    if len(wanted) > 3 and len(ranked) < limit:
        every = [(name, at) for at, one in enumerate(names) if at not in ranked for name in one.folded]
        alike = process.extract(
            wanted, [name for name, _ in every], scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=limit
        )
        for _, score, number in alike:
            at = every[number][1]
            ranked[at] = min(ranked.get(at, (_OTHER, 0.0)), (_LIKE, -score))
    order = sorted(ranked, key=lambda at: (*ranked[at], names[at].rank, len(names[at].folded[0]), at))
    found: list[dict[str, Any]] = []
    for number in order:
        told = names[number].as_dict(language)
        # A town of the basemap that the accord names too is told once.
        if not any(_same(told, other) for other in found):
            found.append(told)
        if len(found) == limit:
            break
    return found


_SAME, _BEGINS, _WORD, _HOLDS, _LIKE, _OTHER = range(6)


def _match(name: str, wanted: str) -> int:
    if name == wanted:
        return _SAME
    at = name.find(wanted)
    if at <= 0:
        return _BEGINS if at == 0 else _OTHER
    return _WORD if name[at - 1] == " " else _HOLDS


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    near: bool = abs(one["lon"] - other["lon"]) < 0.05 and abs(one["lat"] - other["lat"]) < 0.05
    kinds = {one["kind"], other["kind"]} <= {"place", "town"}
    return near and kinds and folded(one["name"]) == folded(other["name"])


def gazetteer(desk: Desk) -> Sequence[Named]:
    """All that can be found, read once for as long as the accord and the files are as they are."""
    folder = desk.workspace.root / BASEMAP
    stamps = tuple(_stamp(folder / name) for _, name in FILES)
    key = ("gazetteer", hash(desk.now().accord_text), desk.clock().date(), stamps)
    return desk.remembered(key, lambda: tuple(_of_accord(desk)) + tuple(_of_basemap(folder)))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _of_accord(desk: Desk) -> Iterator[Named]:
    asked = Asked()
    for kind, features in (
        ("place", place_features(desk, asked)),
        ("zone", zone_features(desk, asked)),
        ("sector", sector_features(desk, asked)),
        ("route", route_features(desk, asked)),
    ):
        for feature, geometry in features:
            said = feature["properties"]
            more = [*said.get("aliases", ()), feature["id"]]
            named = _named(feature["id"], kind, said.get("names", {}), more, 0, geometry)
            if named is not None:
                yield replace(named, error_m=said.get("error_m"))


def _of_basemap(folder: Path) -> Iterator[Named]:
    for kind, file in FILES:
        for number, feature in enumerate(read_collection(folder / file)["features"]):
            named = _of_feature(f"{kind}-{number}", kind, feature)
            if named is not None:
                yield named


def _of_feature(id: str, kind: str, feature: Feature) -> Named | None:
    said = feature.get("properties") or {}
    names, more = _names_of(said)
    rank = said.get("rank")
    if not isinstance(rank, int):
        rank = _RANK_OF.get(str(said.get("place")), 5)
    return _named(id, kind, names, more, rank, shape(feature["geometry"]))


def _named(
    id: str, kind: str, names: Mapping[str, str], more: Sequence[str], rank: int, geometry: BaseGeometry
) -> Named | None:
    forms = tuple(dict.fromkeys(form for name in (*names.values(), *more) for form in _forms(name)))
    if not forms or geometry.is_empty:
        return None
    middle = shapely.point_on_surface(geometry)
    west, south, east, north = geometry.bounds
    return Named(id, kind, names, forms, rank, middle.x, middle.y, (west, south, east, north))


def _names_of(said: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Names by language, and further ones: ours (`names`, `name`), or the tags of OpenStreetMap."""
    given = said.get("names")
    names = {str(k): str(v) for k, v in given.items() if v} if isinstance(given, Mapping) else {}
    more: list[str] = []
    for tag, value in said.items():
        found = _NAME.match(tag)
        if found is None or not isinstance(value, str) or not value.strip():
            continue
        if tag.startswith("name:"):
            names.setdefault(found[1], value)
        else:
            more += [part.strip() for part in value.split(";") if part.strip()]
    if not names and more:
        names = {"": more[0]}
    return names, more


_ARABIC = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ة": "ه", "ۀ": "ه", "ؤ": "و",
        "ک": "ك", "ـ": "", "ء": "", "ı": "i", "đ": "d", "ø": "o", "ł": "l",
    }
)  # fmt: skip
_DROPPED = str.maketrans(dict.fromkeys("'’‘`ʿʾʼ´", ""))
_APART = re.compile(r"[\s\-‐-―_/,.()]+")
_ARTICLE = re.compile(r"^(?:al|el|as|ash|at|an|ar|az|ad|es|et)\s(?=\w{3})")


def folded(text: str) -> str:
    """A name without case, marks above and below letters, apostrophes, and the spellings of Arabic that vary
    (alef with and without hamza, ta marbuta, alef maqsura, tatweel); hyphens are spaces."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(_APART.split(bare.translate(_ARABIC).translate(_DROPPED))).strip()


def _forms(name: str) -> Iterator[str]:
    """A name as it is compared, and again without its article."""
    form = folded(name)
    if form:
        yield form
    if form.startswith("ال") and len(form) > 4:
        yield form[2:]
    elif _ARTICLE.match(form):
        yield _ARTICLE.sub("", form)
