"""Names, demonyms and capitals of the world's territories.

From the Unicode CLDR (through babel) and countryinfo; a few colloquial names that neither has are added.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from babel import Locale
from countryinfo import CountryInfo
from countryinfo.exceptions import CountryNotFoundError

from truceline.draft.text.plain import fold

# Colloquial names and adjectives that CLDR and countryinfo lack, or have in another sense only.
_MORE_NAMES = {
    "US": ("U.S.", "U.S", "America"), "GB": ("Britain", "U.K."), "KR": ("ROK",), "KP": ("DPRK",),
    "PS": ("Palestine",), "MM": ("Burma",), "TR": ("Turkey",), "CZ": ("Czech Republic",),
    "MK": ("Macedonia",), "XK": ("Kosovo",), "BA": ("Bosnia",), "SZ": ("Swaziland",), "TL": ("East Timor",),
    "CI": ("Ivory Coast",), "CV": ("Cape Verde",), "GE": (), "CD": ("Democratic Republic of the Congo",),
    "CG": ("Republic of the Congo",), "VA": ("Holy See",),
}  # fmt: skip
_MORE_DEMONYMS = {
    "XK": ("Kosovar", "Kosovan"), "PS": ("Palestinian",), "SD": ("Sudanese",), "AZ": ("Azeri",),
    "IQ": ("Iraqi",),
    "AF": ("Afghan",), "CD": ("Congolese",), "US": ("American",), "IL": ("Israeli",), "TR": ("Turkish",),
    "FR": ("French",), "GB": ("British",), "ES": ("Spanish",), "SE": ("Swedish",), "FI": ("Finnish",),
    "PL": ("Polish",), "DK": ("Danish",), "IE": ("Irish",), "SS": ("South Sudanese",), "GE": ("Georgian",),
    "RS": ("Serb", "Serbian"), "HR": ("Croat", "Croatian"), "TJ": ("Tajik",), "KW": ("Kuwaiti",),
    "PH": ("Filipino", "Philippine"), "AR": ("Argentine", "Argentinian"), "NZ": ("New Zealand",),
    "TH": ("Thai",), "KH": ("Cambodian",), "CH": ("Swiss",), "CN": ("Chinese",), "SA": ("Saudi",),
    "AE": ("Emirati",),
}  # fmt: skip
# Territories whose short names are ordinary words or other things more often than the territory.
_SKIP = frozenset(("ZZ", "XA", "XB", "QO", "EZ", "UN", "EU", "JE", "AQ", "IO", "IM", "PN", "CC", "CX"))


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory: ISO 3166 code, English name, other names, demonyms and capital."""

    code: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str | None


@cache
def territories() -> tuple[Territory, ...]:
    """All territories with a two-letter code."""
    found = []
    for code, cldr in Locale("en").territories.items():
        if len(code) != 2 or code in _SKIP:
            continue
        try:
            info = CountryInfo(code)
            names = [n for n in info.alt_spellings() if len(n) > 3 and n.isascii()]
            demonyms = [d.strip() for d in (info.demonym() or "").replace("/", ",").split(",")]
            capital = (info.capital() or "").replace(" D.C.", "") or None
        except (CountryNotFoundError, KeyError):
            names, demonyms, capital = [], [], None
        more = _MORE_NAMES.get(code, ())
        name = more[-1] if code in ("MM", "TR", "PS", "XK") and more else cldr.replace(" & ", " and ")
        names += [cldr.replace(" & ", " and "), cldr, *more]
        if code in ("US", "GB"):
            names += {"US": ["US", "USA"], "GB": ["UK"]}[code]
        demonyms += _MORE_DEMONYMS.get(code, ())
        found.append(
            Territory(
                code,
                name,
                tuple(dict.fromkeys([name, *names])),
                tuple(dict.fromkeys(d for d in demonyms if len(d) > 2)),
                capital if capital and capital.casefold() != name.casefold() else None,
            )
        )
    return tuple(found)


@cache
def by_name() -> dict[str, Territory]:
    """Territories by folded name."""
    return {fold(n): t for t in reversed(territories()) for n in t.names if n.isascii() or n == t.name}


@cache
def by_demonym() -> dict[str, Territory]:
    """Territories by folded demonym; the more populous names win by being listed in CLDR under them."""
    found: dict[str, Territory] = {}
    for territory in territories():
        for demonym in territory.demonyms:
            key = fold(demonym)
            preferred = territory.code in _MORE_DEMONYMS and demonym in _MORE_DEMONYMS[territory.code]
            if key not in found or preferred:
                found[key] = territory
    for code, territory in {t.code: t for t in territories()}.items():
        if code in ("CD", "KR", "KP", "IN", "GN", "NE", "DM", "MD"):
            for demonym in territory.demonyms:
                found.setdefault(fold(demonym), territory)
    return found


@cache
def by_capital() -> dict[str, Territory]:
    """Territories by folded capital."""
    found = {fold(t.capital): t for t in reversed(territories()) if t.capital}
    found.update({fold(n): t for t in territories() for c, n in _OLD_CAPITALS if c == t.code})
    return found


_OLD_CAPITALS = (("UA", "Kiev"), ("MM", "Yangon"), ("US", "Washington"), ("IL", "Tel Aviv"), ("YE", "Sanaa"))


@cache
def time_zones() -> dict[str, str]:
    """An IANA zone of each territory, its capital's where there is one, from the tz database's zone.tab."""
    found: dict[str, str] = {}
    capitals = {t.code: fold(t.capital).replace(" ", "_") for t in territories() if t.capital}
    table = resources.files("tzdata").joinpath("zoneinfo").joinpath("zone.tab").read_text("utf-8")
    for line in table.splitlines():
        if not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            if code not in found or zone.casefold().endswith("/" + capitals.get(code, "?")):
                found[code] = zone
    return found
