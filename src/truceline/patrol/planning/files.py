"""The files that a plan is made from: teams in YAML, hazards in GeoJSON."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import numpy as np
import shapely
from pydantic import BeforeValidator, Field, ValidationError
from shapely.geometry.base import BaseGeometry

from truceline.accord.faults import faults_of
from truceline.accord.model.base import Id, Number, Part
from truceline.accord.plain_yaml import decode, parse
from truceline.core.errors import Fault, InvalidInput, TrucelineError
from truceline.core.input_files import read_whole
from truceline.core.instants import parse_instant
from truceline.core.limits import MAPPING_BYTES
from truceline.geo.geojson import GeoFeature, read_features
from truceline.geo.roads.vehicles import CAR, VEHICLES, Vehicle
from truceline.patrol.planning.ground import circle_around
from truceline.patrol.planning.model import Hazard, Team

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_TEAMS = 500


def _time(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        return time.fromisoformat(value)
    raise ValueError("is not a time of day; accepted: a time such as '06:00'")


def _day(value: Any) -> Any:
    if value in WEEKDAYS:
        return value
    raise ValueError(f"is not a weekday; accepted: {', '.join(WEEKDAYS)}")


TimeOfDay = Annotated[time, BeforeValidator(_time)]


def _kind(value: Any) -> Any:
    if value in VEHICLES:
        return value
    raise ValueError(f"is no kind of vehicle that is known; accepted: {', '.join(VEHICLES)}")


class _Vehicle(Part):
    kind: Annotated[str, BeforeValidator(_kind)] = CAR.kind
    speed_kmh: Number = Field(default=40.0, ge=1, le=200)
    weight_t: Number | None = Field(default=None, gt=0, le=200)
    axle_t: Number | None = Field(default=None, gt=0, le=50)
    height_m: Number | None = Field(default=None, gt=0, le=10)
    width_m: Number | None = Field(default=None, gt=0, le=10)
    length_m: Number | None = Field(default=None, gt=0, le=40)

    def made(self) -> Vehicle:
        """The vehicle: what its kind is, with its own numbers where it has some."""
        sizes = ("weight_t", "axle_t", "height_m", "width_m", "length_m")
        own = {name: value for name in sizes if (value := getattr(self, name)) is not None}
        return replace(VEHICLES[self.kind], **own)


class _Shift(Part):
    start: TimeOfDay = Field(alias="from")
    hours: Number = Field(gt=0, le=24)
    most_out_hours: Number | None = Field(default=None, gt=0, le=24)
    days: tuple[Annotated[str, BeforeValidator(_day)], ...] | None = None


class _Curfew(Part):
    start: TimeOfDay = Field(alias="from")
    end: TimeOfDay = Field(alias="to")


class _Base(Part):
    lon: Number = Field(ge=-180, le=180)
    lat: Number = Field(ge=-90, le=90)


class _Team(Part):
    id: Id
    party: Id
    base: _Base
    vehicle: _Vehicle = _Vehicle()
    shift: _Shift
    curfew: _Curfew | None = None
    languages: tuple[str, ...] = ()


class _File(Part):
    curfew: _Curfew | None = Field(default=None, description="of every team that names none")
    teams: tuple[_Team, ...]


def read_teams(path: Path) -> list[Team]:
    """The teams of a YAML file (docs/patrols.md). Raises NotFound, or InvalidInput with every fault."""
    source = str(path)
    raw = read_whole(path, MAPPING_BYTES, accepted="one file in YAML or JSON")
    try:
        plain = parse(decode(raw, source), source)
        said = _File.model_validate(plain.data)
    except ValidationError as error:
        raise InvalidInput.of_faults(faults_of(error, plain.data, plain.lines, source)) from error
    except TrucelineError as error:
        raise InvalidInput(error.message, hint=error.hint, faults=error.faults) from error
    if not 1 <= len(said.teams) <= MOST_TEAMS:
        found = f"{len(said.teams)} teams"
        fault = Fault("cannot be planned", source, path="teams", found=found, accepted=f"1 to {MOST_TEAMS}")
        raise InvalidInput.of_faults([fault])
    names = [team.id for team in said.teams]
    for number, name in enumerate(names):
        if name in names[:number]:
            line = plain.lines.get(f"teams[{number}].id")
            fault = Fault(
                "this team stands twice", source, line, path=f"teams[{number}].id", found=repr(name)
            )
            raise InvalidInput.of_faults([fault])
    return [_team(one, said.curfew) for one in said.teams]


def _team(said: _Team, curfew: _Curfew | None) -> Team:
    quiet = said.curfew or curfew
    days = said.shift.days
    most = said.shift.most_out_hours
    return Team(
        id=said.id,
        party=said.party,
        lon=said.base.lon,
        lat=said.base.lat,
        speed_mps=said.vehicle.speed_kmh / 3.6,
        shift_from=said.shift.start,
        shift_s=int(said.shift.hours * 3600),
        # A curfew from a time to the same time lasts the whole day.
        curfew=(quiet.start, quiet.end) if quiet else None,
        days=frozenset(WEEKDAYS.index(day) for day in days) if days is not None else None,
        max_out_s=int(most * 3600) if most is not None else None,
        vehicle=said.vehicle.made(),
        languages=said.languages,
    )


def read_hazards(path: Path, zone: ZoneInfo) -> list[Hazard]:
    """Hazards from GeoJSON: areas, or points and lines with `radius_m`; `p` (1 where it is not given), `id`,
    `from` and `to`. Raises NotFound, InvalidGeometry and InvalidInput."""
    return [_hazard(path, number, one, zone) for number, one in enumerate(read_features(path), start=1)]


def _hazard(path: Path, number: int, feature: GeoFeature, zone: ZoneInfo) -> Hazard:
    said = feature.properties
    place = f"{path.name}, feature {number}"

    def asked(name: str, default: float, most: float) -> float:
        value = said.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 <= value <= most:
            raise InvalidInput(f"{place}, {name}: found {value!r}; accepted: a number from 0 to {most:g}")
        return float(value)

    def moment(name: str) -> float | None:
        value = said.get(name)
        return parse_instant(str(value), zone, field=f"{place}, {name}").timestamp() if value else None

    radius = asked("radius_m", 0.0, 200_000.0)
    area = feature.geometry
    if not area.geom_type.endswith("Polygon"):
        if radius <= 0.0:
            raise InvalidInput(
                f"{place}: found a {area.geom_type} without radius_m; accepted: an area, or radius_m"
            )
        area = _around(area, radius)
    return Hazard(str(said.get("id") or number), area, asked("p", 1.0, 1.0), moment("from"), moment("to"))


def _around(shape: BaseGeometry, radius_m: float) -> BaseGeometry:
    """An area that holds all that lies within a radius of a point or line: the hulls of polygons drawn around
    the ends of its pieces, which are cut to the radius."""
    pieces: list[BaseGeometry] = []
    for part in shapely.get_parts(shape):
        at = np.asarray(shapely.get_coordinates(part), dtype=float)
        rings = [circle_around(place, radius_m) for place in at]
        pieces += [shapely.Polygon(ring) for ring in rings]
        pieces += [shapely.convex_hull(shapely.MultiPoint(np.vstack(pair))) for pair in pairwise(rings)]
    return shapely.union_all(pieces)
