"""The rules by code: what each one finds, and how grave that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from truceline.accord.model import Accord


class Severity(StrEnum):
    """An error makes an accord invalid; a warning asks for a second look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code means. In a draft, what is `open_in_draft` is a question and not yet an error."""

    text: str
    severity: Severity = Severity.ERROR
    open_in_draft: bool = False


_E, _W = Severity.ERROR, Severity.WARNING

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        # names and references
        "duplicate-id": Rule("two parts have the same id"),
        "reserved-id": Rule("an id that means something else already"),
        "unresolved-reference": Rule("a reference to a part that is not there"),
        "unknown-speaker": Rule("a speaker written like an id that no party has", _W),
        "cycle": Rule("parts that depend on one another in a circle"),
        # times
        "unknown-time-zone": Rule("a time zone that is not in the IANA list"),
        "unsigned": Rule("a confirmed accord without the date of its signature", _W),
        "in-force-before-signature": Rule("in force before it was signed", _W),
        "deadline-before-signature": Rule("a deadline or start before the accord was signed"),
        "amendment-before-signature": Rule("an amendment before the accord was signed"),
        "interval-inverted": Rule("an end before its start"),
        "moment-unknown": Rule("a moment that cannot be computed", _W),
        "due-before-dependency": Rule("due before something that must be done first"),
        "withdrawal-after-zone": Rule("a withdrawal due after the zone that it empties", _W),
        # lines, zones, ranges
        "min-above-max": Rule("a minimum above its maximum"),
        "zone-without-geometry": Rule("a zone with neither a geometry nor a line", open_in_draft=True),
        "line-without-geometry": Rule("a line without a geometry", open_in_draft=True),
        "versions-disagree": Rule("two versions of a line for one day, known since the same day", _W),
        "versions-leave-a-gap": Rule("days on which no version of a line is valid", _W),
        "stretch-beyond-line": Rule("a stretch of uncertainty past the end of its line", _W),
        "segment-beyond-line": Rule("a depth along a stretch past the end of its line"),
        "depth-without-maximum": Rule("a derived zone whose greatest depth is not given", open_in_draft=True),
        "width-disagrees": Rule("a provision's width that is not that of its zone", _W),
        "line-has-one-side": Rule("a line with the same party on both sides"),
        "unused": Rule("a line or zone that no provision relies on", _W),
        "outside-region": Rule("a geometry outside the accord's region", _W),
        "coordinates-swapped": Rule("a geometry that lies where the accord does only as lat, lon"),
        "geometry-missing": Rule("a geometry's file or feature that is not there"),
        "geometry-invalid": Rule("a geometry that cannot be used"),
        # obligations
        "binds-nobody": Rule("an obligation that binds nobody", open_in_draft=True),
        "binds-bystander": Rule("an obligation on a supporter or observer", _W),
        "unknown-weapon-class": Rule("a class of weapons that is not in the list"),
        "unknown-act": Rule("an act that is not in the list"),
        "unknown-kind": Rule("a kind of provision that does not exist"),
        "designation-by-one": Rule("a joint designation by fewer than two parties", open_in_draft=True),
        "incomplete": Rule("an obligation that does not say what, or where", open_in_draft=True),
        "patrol-side-unbound": Rule("a side patrolled by a party that the provision does not bind", _W),
        "thresholds-inverted": Rule("probable asks for more than confirmed"),
        # sources
        "no-quote": Rule("a provision that quotes nothing", open_in_draft=True),
        "quote-not-in-source": Rule("quoted words that are not there in the source"),
        "quote-context": Rule("a quote's prefix or suffix that is not what stands around it", _W),
        "quote-unchecked": Rule("a quote whose source has no file to check it against", _W),
        "source-missing": Rule("a source's file that is not there or cannot be read"),
        "source-changed": Rule("a source's file that is not the one that was quoted"),
        "source-without-checksum": Rule("a source's file without its SHA-256", _W),
        # readings and amendments
        "change-does-not-apply": Rule("a reading or amendment that does not fit the accord"),
        "reading-changes-nothing": Rule("a rival reading under which nothing would differ", _W),
    }
)


def severity_of(code: str, accord: Accord) -> Severity:
    """How grave a fault of this code is in this accord."""
    rule = RULES[code]
    if rule.open_in_draft and accord.accord.status == "draft":
        return Severity.WARNING
    return rule.severity
