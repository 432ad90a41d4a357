"""Lines, zones and ranges that contradict themselves."""

from __future__ import annotations

from truceline.accord.lint.case import Case
from truceline.accord.model import Band, Derivation, Provision, Range, Sector, ZoneProvision


def check(case: Case) -> None:
    """Ranges, bands, sectors, zones without an origin, and depths that disagree."""
    for path, part in case.parts():
        if isinstance(part, Range) and part.min is not None and part.max is not None and part.min > part.max:
            case.report("min-above-max", path, f"min {part.min:g} is above max {part.max:g}")
        elif isinstance(part, Band) and part.to_m <= part.from_m:
            case.report(
                "min-above-max", f"{path}.to_m", f"to_m {part.to_m:g} is not above from_m {part.from_m:g}"
            )
        elif isinstance(part, Sector) and part.from_m is not None and part.to_m is not None:
            if part.to_m <= part.from_m:
                message = f"to_m {part.to_m:g} is not above from_m {part.from_m:g}"
                case.report("min-above-max", f"{path}.to_m", message)
        elif isinstance(part, Derivation):
            _derivation(case, path, part)
    _region(case)
    _lines(case)
    _zones(case)
    for index, provision in enumerate(case.accord.provisions):
        if isinstance(provision, ZoneProvision):
            _width(case, provision, f"provisions[{index}]")


def _derivation(case: Case, path: str, derivation: Derivation) -> None:
    depths = {
        f"{path}.depth_m": derivation.depth_m,
        **{f"{path}.segments[{n}].depth_m": part.depth_m for n, part in enumerate(derivation.segments)},
    }
    open_ended = [place for place, depth in depths.items() if depth.max is None]
    for place in open_ended:
        case.report("depth-without-maximum", place, "does not say how deep the zone is at most")
    if open_ended:
        return
    deepest = max(depth.max or 0.0 for depth in depths.values())
    if deepest <= 0 or deepest <= derivation.from_m:
        case.report(
            "min-above-max",
            f"{path}.depth_m",
            f"the zone ends at {deepest:g} m and begins at {derivation.from_m:g} m",
        )


def _region(case: Case) -> None:
    region = case.accord.accord.region
    if region is None:
        return
    west, south, east, north = region
    if south > north or west > east:
        case.report("min-above-max", "accord.region", "west and south come first, then east and north")
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
        case.report("geometry-invalid", "accord.region", "is not in degrees of longitude and latitude")


def lines_in_use(case: Case) -> set[str]:
    """The lines that a zone or provision relies on, and all their versions."""
    used: set[str] = {derivation.line for zone in case.accord.zones for derivation in zone.derivation}
    for provision in case.accord.provisions:
        line = getattr(provision, "line", None)
        if line is not None:
            used.add(line)
        for band in _bands(provision):
            used.update(band.line.values() if isinstance(band.line, dict) else (band.line,))
    used |= _in_changes(case, "lines")
    versions = {line.id for line in case.accord.lines if line.version_of in used}
    return (
        used
        | versions
        | {line.version_of for line in case.accord.lines if line.id in used and line.version_of}
    )


def _bands(provision: Provision) -> list[Band]:
    band = getattr(provision, "band", None)
    per_sector: dict[str, Band] = getattr(provision, "bands", {})
    return [*([band] if band is not None else ()), *per_sector.values()]


def _in_changes(case: Case, section: str) -> set[str]:
    """The ids of a section that readings or amendments bring in."""
    ids = {part.id for part in getattr(case.accord, section)}
    readings = [reading for i in case.accord.interpretations for reading in i.readings]
    changes = [change for reading in readings for change in reading.changes]
    changes += [change for amendment in case.accord.amendments for change in amendment.changes]
    return {word for change in changes for value in change.set.values() for word in _strings(value)} & ids


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [word for item in value for word in _strings(item)]
    if isinstance(value, dict):
        return [word for item in value.values() for word in _strings(item)]
    return []


def _lines(case: Case) -> None:
    used = lines_in_use(case)
    for index, line in enumerate(case.accord.lines):
        path = f"lines[{index}]"
        if line.left is not None and line.left == line.right:
            case.report(
                "line-has-one-side", f"{path}.right", f"{line.left!r} stands on both sides of the line"
            )
        if line.geometry is None:
            case.report("line-without-geometry", path, f"the line {line.id!r} has no geometry")
        if line.id not in used:
            case.report("unused", path, f"no zone or provision relies on the line {line.id!r}")


def _zones(case: Case) -> None:
    used = {getattr(p, name, None) for p in case.accord.provisions for name in ("zone", "area")}
    used |= {zone.within for zone in case.accord.zones} | _in_changes(case, "zones")
    for index, zone in enumerate(case.accord.zones):
        path = f"zones[{index}]"
        if zone.geometry is None and not zone.derivation:
            case.report(
                "zone-without-geometry",
                path,
                f"the zone {zone.id!r} has neither a geometry nor a line that it is derived from",
            )
        if zone.id not in used:
            case.report("unused", path, f"no provision relies on the zone {zone.id!r}")


def _width(case: Case, provision: ZoneProvision, path: str) -> None:
    zone = case.accord.zone(provision.zone) if provision.zone else None
    if zone is None or provision.width_m is None or not zone.derivation:
        return
    for derivation in zone.derivation:
        same_measure = provision.measure is None or provision.measure == derivation.measure
        if derivation.depth_m != provision.width_m or not same_measure:
            case.report(
                "width-disagrees",
                f"{path}.width_m",
                f"is not the {derivation.measure} from which the zone {zone.id!r} is derived",
                found=f"{provision.measure or ''} {_words(provision.width_m)}".strip(),
                accepted=f"{derivation.measure} {_words(derivation.depth_m)}",
            )


def _words(span: Range) -> str:
    if span.min is None or span.min == span.max:
        return f"{span.max:g} m"
    return f"{span.min:g} m or more" if span.max is None else f"{span.min:g} to {span.max:g} m"
