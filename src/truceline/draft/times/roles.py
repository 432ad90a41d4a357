"""What stands before the words of a moment: "by", "until", "from noon on"; and the time of day."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

Role = Literal["due", "before", "on", "from", "until", "plain"]

_CLOCK = (
    r"(?:(?:at|by)?\s*(?P<h>[0-2]?\d)[:.h](?P<m>[0-5]\d)(?:\s*(?:hours|"
    r"hrs|h))?(?:\s*(?P<ap>a\.?m\.?|p\.?m\.?))?|"
    r"(?P<h2>1?\d)\s*(?P<ap2>a\.?m\.?|p\.?m\.?)|(?:the\s+)?(?:hour\s+of\s+)?(?P<word>midnight|noon|"
    r"midday|sunrise|sunset|dawn|dusk|daybreak|nightfall|sundown|(?:early\s+|late\s+)?(?:morning|afternoon|evening)|"
    r"(?:(?:morning|noon|evening|night)\s+)?prayers?|(?:zero|first|very\s+first)\s+hours?|(?:new|full)\s+moon|midsummer,?)|"
    r"(?P<spoken>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1?\d)(?:\s+o'clock)?(?:\s+in\s+the\s+"
    r"(?:morning|afternoon|evening))?|(?P<mil>[0-2]\d[0-5]\d)(?:\s*(?:hours|hrs|h\b))?)"
)
_ZONE = r"(?:\s*(?:\(?(?:local|[A-Z][a-z]+)\s+time\)?|GMT|UTC|Z|local|\([^()]{2,24}\)))?"


@cache
def _clock_alone() -> re.Pattern[str]:
    """A time of day right before a day: "ceases 0600 local 14 August"."""
    return re.compile(rf"(?<=\s){_CLOCK}{_ZONE}\s+$", re.VERBOSE | re.IGNORECASE)


@cache
def _leading() -> re.Pattern[str]:
    """The words that say how a moment is meant, with a time of day, right before it."""
    clock = rf"(?:{_CLOCK}{_ZONE}(?:\s+(?:on|of))?(?:\s+the\s+night\s+of)?\s+)?"
    return re.compile(
        rf"""(?:(?P<role>
        (?:by|no\s+later\s+than|not\s+later\s+than|at\s+the\s+latest(?:\s+by|\s+on)?|latest\s+by|on\s+or\s+before|due\s+(?:on|by|for)?|deadline\s+(?:of|is|for)?|prior\s+to|before|ahead\s+of
         |until|till|through|up\s+to
         |(?:starting|beginning|effective|commencing|starts?|begins?|takes?\s+effect|take\s+effect|in\s+force|enters?\s+into\s+force)(?:\s+(?:on|from|at|in|with|as\s+of))?|as\s+of|as\s+from|from|since
         |within|inside|in|over|on|at|during|for|after|following))\s+)(?:the\s+)?(?:next\s+|following\s+|coming\s+|first\s+|same\s+|maximum\s+of\s+|(?:a|the)\s+(?:period|delay|term|space|time)\s+of\s+(?:the\s+)?|no\s+more\s+than\s+|a\s+maximum\s+of\s+)?{clock}$""",
        re.VERBOSE | re.IGNORECASE,
    )


_ROLES: tuple[tuple[str, Role], ...] = (
    (r"prior|before|ahead", "before"),
    (r"until|till|through|up", "until"),
    (r"by|no|not|at\s+the|latest|on\s+or|due|deadline|within|inside", "due"),
    (r"start|begin|effective|commenc|as|from|since|take|in\s+force|enter", "from"),
    (r"on|at|in|over", "on"),
)


def role_of(norm: str, start: int) -> tuple[int, Role, tuple[int, int] | None]:
    """Where the words before a moment begin, how they mean it, and the time of day (hour, minute), if any."""
    window = max(0, start - 90)
    match = _leading().search(norm, window, start)
    if match is None:
        clock = _clock_alone().search(norm, window, start)
        if clock is not None and (clock["h"] or clock["mil"]):
            return clock.start(), "on", _clock(clock)
        return start, "plain", None
    words = match["role"].lower()
    if words.startswith("on or"):
        return match.start(), "due", _clock(match)
    role: Role = next((r for p, r in _ROLES if re.match(p, words)), "plain")
    if words.startswith(("from", "since")) and re.match(r"since", words):
        role = "plain"
    return match.start(), role, _clock(match)


def _clock(match: re.Match[str]) -> tuple[int, int] | None:
    parts = match.groupdict()
    if parts.get("word"):
        return {"midnight": (0, 0), "noon": (12, 0), "midday": (12, 0)}.get(parts["word"].lower())
    if parts.get("mil"):
        return int(parts["mil"][:2]), int(parts["mil"][2:])
    hour, minute, half = (
        parts.get("h") or parts.get("h2"),
        parts.get("m") or "0",
        parts.get("ap") or parts.get("ap2"),
    )
    if hour is None:
        return None
    value = int(hour)
    if half:
        value = value % 12 + (12 if half.lower().startswith("p") else 0)
    return (value, int(minute)) if value < 24 else None
