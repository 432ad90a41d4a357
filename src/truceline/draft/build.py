"""Makes the accord of what the rules found."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from truceline.accord.model import Accord
from truceline.draft.dating import Dating
from truceline.draft.extract import Harvest
from truceline.draft.finding import Finding
from truceline.draft.lexicon.territories import time_zones
from truceline.draft.merge import end_of, merge
from truceline.draft.parties.registry import slug
from truceline.draft.questions import ask
from truceline.draft.roles import listed_parties

_MAX_TITLE = 90


class Builder(Dating):
    """Turns a harvest into the plain data of an accord, then into the model."""

    def __init__(self, harvest: Harvest, *, source: dict[str, Any]) -> None:
        self.harvest = harvest
        self.source = source
        self.findings = merge(harvest.findings, official=harvest.standing.official)
        self.ids = self._ids()
        self.party_ids: dict[str, str] = {}
        self.places: dict[str, str] = {}
        self.questions: list[dict[str, Any]] = []
        self.line_id: str | None = None

    def build(self) -> Accord:
        """The draft. Every provision carries at least one quote."""
        parties = listed_parties(self.harvest, self.findings)
        taken: set[str] = set()
        for listed in parties:
            id = base = slug(listed.notes.name)
            n = 2
            while id in taken:
                id, n = f"{base}-{n}", n + 1
            taken.add(id)
            self.party_ids[listed.notes.key] = id
        lines = self._lines()
        self.line_id = lines[0]["id"] if lines else None
        provisions = [self._provision(n, f) for n, f in enumerate(self.findings)]
        zones = self._zones()
        self.questions += ask(self.findings, self.ids, has_line=bool(lines), parties=self.party_ids)
        head = self._head()
        document = {
            "format": 1,
            "accord": head,
            "sources": [self.source],
            "parties": [
                {
                    "id": self.party_ids[p.notes.key],
                    "names": {"en": p.notes.name},
                    "role": p.role,
                    **({"aliases": p.notes.aliases} if p.notes.aliases else {}),
                    **({"former_names": [{"name": n} for n in p.notes.former]} if p.notes.former else {}),
                }
                for p in parties
            ],
            "places": [{"id": id, "names": {"en": name}} for name, id in self.places.items()],
            "lines": lines,
            "zones": zones,
            "provisions": provisions,
            "statements": self._statements(),
            "questions": self.questions,
        }
        return Accord.model_validate(document)

    # --- ids and quotes
    def _ids(self) -> list[str]:
        seen: Counter[str] = Counter()
        out = []
        for finding in self.findings:
            seen[finding.kind] += 1
            base = finding.kind.replace("_", "-")
            out.append(base if seen[finding.kind] == 1 else f"{base}-{seen[finding.kind]}")
        return out

    def _quote(self, start: int, end: int, speaker: str | None = None) -> dict[str, Any]:
        plain = self.harvest.text.plain
        a, b = plain.span(start, end)
        quote: dict[str, Any] = {"source": self.source["id"], "exact": plain.text[a:b], "start": a, "end": b}
        if speaker:
            quote["speaker"] = speaker
        return quote

    # --- parts
    def _head(self) -> dict[str, Any]:
        harvest = self.harvest
        text = harvest.text
        first = next((b for b in text.blocks if text.plain.norm[b.start : b.end].strip()), None)
        title = " ".join(text.plain.norm[first.start : first.end].split()) if first else "Empty text"
        if len(title) > _MAX_TITLE:
            title = title[:_MAX_TITLE].rsplit(" ", 1)[0] + " ..."
        signed = harvest.context.signed
        zone = self._time_zone()
        if zone is None and self.findings:
            self.questions.append(
                {
                    "field": "accord.time_zone",
                    "why": (
                        "the text does not say in which time zone its days are counted; UTC until answered"
                    ),
                }
            )
        head: dict[str, Any] = {
            "id": slug(title)[:40].strip("-") or "draft",
            "title": {"en": title or "Untitled"},
            "time_zone": zone or "UTC",
            "status": "draft",
            "version": 1,
        }
        if signed is not None:
            head["signed"] = signed
        return head

    def _time_zone(self) -> str | None:
        """The zone of the territory that the text places things in most often, where it names any."""
        counted: Counter[str] = Counter()
        for mention in self.harvest.resolver.mentions:
            for key in mention.keys:
                if key.startswith("state:"):
                    weight = 3 if mention.kind == "place" and mention.head == "name" else 1
                    counted[key.split(":")[1]] += weight
        return next((time_zones()[code] for code, _ in counted.most_common() if code in time_zones()), None)

    def _place_id(self, name: str) -> str:
        if name not in self.places:
            base = slug(name)
            self.places[name] = f"place-{base}" if base in self.party_ids.values() else base
        return self.places[name]

    def _zone_id(self) -> str | None:
        zones = [self.ids[n] for n, f in enumerate(self.findings) if f.kind == "zone"]
        return f"area-{zones[0]}" if len(zones) == 1 else None

    def _zones(self) -> list[dict[str, Any]]:
        text = self.harvest.text
        out = []
        for n, finding in enumerate(self.findings):
            if finding.kind == "zone":
                own = text.plain.norm[finding.spans[0][0] : finding.spans[0][1]].lower()
                kind = (
                    "area_of_limitation"
                    if "limitation" in own
                    else "exclusion"
                    if "no-fly" in own or "exclusion" in own
                    else "area_of_separation"
                )
                out.append({"id": f"area-{self.ids[n]}", "names": {"en": _zone_name(own)}, "kind": kind})
        return out

    def _lines(self) -> list[dict[str, Any]]:
        if not any(f.kind in ("zone", "weapons_withdrawal", "restriction") for f in self.findings):
            return []
        match = re.search(
            (
                r"\b(?:line\s+of\s+(?:contact|separation|demarcation|control|"
                r"actual\s+control)|(?:contact|front|demarcation|separation|ceasefire|"
                r"armistice|military\s+demarcation)\s+lines?|front\s?line)\b"
            ),
            self.harvest.text.plain.norm,
            re.IGNORECASE,
        )
        if match is None:
            return []
        name = " ".join(match.group().lower().split())
        return [{"id": slug(name), "names": {"en": name}, "kind": "line_of_contact", "approximate": True}]

    def _provision(self, index: int, f: Finding) -> dict[str, Any]:
        bound = [self.party_ids[k] for k in f.bound if k in self.party_ids]
        quotes = []
        for start, end, speaker in f.spans:
            quote = self._quote(start, end, speaker)
            if quote["end"] > quote["start"]:
                quotes.append(quote)
        data: dict[str, Any] = {
            "id": self.ids[index],
            "kind": f.kind,
            "parties": bound,
            "quotes": quotes,
            "confidence": f.confidence,
        }
        due = self._when(f.due, index, "due")
        starts = self._when(f.starts, index, "from")
        until = self._when(end_of(f, self._begins(f)), index, "until")
        data |= {k: v for k, v in (("due", due), ("until", until)) if v is not None}
        if starts is not None and f.kind != "routes":
            data["from"] = starts
        if f.negated:
            data["negated"] = True
        if f.condition:
            data["condition"] = f.condition
        if f.exemption:
            data["exemptions"] = [{"text": f.exemption}]
        data |= getattr(self, f"_{f.kind}", self._plain)(f)
        return data

    def _range(self, f: Finding) -> dict[str, float] | None:
        if f.distance is None:
            return None
        found = {"min": f.distance.min_m, "max": f.distance.max_m}
        return {k: v for k, v in found.items() if v is not None}

    def _plain(self, f: Finding) -> dict[str, Any]:
        return (
            {"subject": f.subject} if f.subject and f.kind in ("verification", "designation", "other") else {}
        )

    def _weapons(self, f: Finding) -> list[dict[str, Any]]:
        out: list[dict[str, Any]] = []
        for w in f.weapons:
            item: dict[str, Any] = {"class": w.weapon_class, "text": w.text}
            if w.calibre is not None:
                limits = {"min": w.calibre.min_mm, "max": w.calibre.max_mm}
                item["calibre_mm"] = {k: v for k, v in limits.items() if v is not None}
            if item["class"] not in [o["class"] for o in out] or "calibre_mm" in item:
                out.append(item)
        return out

    def _where(self, f: Finding) -> dict[str, Any]:
        zone = self._zone_id()
        if f.in_zone and zone is not None:
            return {"zone": zone}
        if f.place:
            return {"place": self._place_id(f.place)}
        return {}

    def _zone(self, f: Finding) -> dict[str, Any]:
        index = next(n for n, other in enumerate(self.findings) if other is f)
        data: dict[str, Any] = {"zone": f"area-{self.ids[index]}"}
        width = self._range(f)
        if width:
            data["width_m"] = width
            measure = (
                {"deep": "depth", "wide": "width"}.get(f.distance.dimension or "") if f.distance else None
            )
            if measure:
                data["measure"] = measure
        return data

    def _cessation(self, f: Finding) -> dict[str, Any]:
        where = self._where(f)
        area = where.get("zone") or where.get("place")
        data: dict[str, Any] = {"acts": list(f.acts or ("any_military_action",))}
        return data | ({"area": area} if area else {})

    def _away(self, f: Finding) -> dict[str, float] | None:
        """How far something withdraws: a plain "30 km" is the least of it."""
        if f.distance is None or f.distance.min_m is None or f.distance.min_m != f.distance.max_m:
            return self._range(f)
        return {"min": f.distance.min_m}

    def _band(self, f: Finding) -> dict[str, Any]:
        """ "Within 20 km of the line of contact": a strip on both sides of a line that the text names."""
        if f.distance is None or f.distance.max_m is None or not self.line_id:
            return {}
        words = self.harvest.text.plain.norm[f.distance.start : f.distance.end + 60]
        if not re.match(
            r"within\b[^.;]*?\b(?:of|from)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}line\b", words, re.IGNORECASE
        ):
            return {}
        return {"band": {"line": self.line_id, "side": "both", "to_m": f.distance.max_m}}

    def _weapons_withdrawal(self, f: Finding) -> dict[str, Any]:
        width = self._away(f)
        return {"weapons": self._weapons(f), **self._where(f), **({"distance_m": width} if width else {})}

    def _forces_withdrawal(self, f: Finding) -> dict[str, Any]:
        width = self._away(f)
        groups = [
            self.party_ids[k] for k in f.bound if k in self.party_ids and k.startswith(("common:", "name:"))
        ]
        return {
            **({"groups": groups} if groups else {}),
            **self._where(f),
            **({"distance_m": width} if width else {}),
        }

    def _designation(self, f: Finding) -> dict[str, Any]:
        return {"by": [self.party_ids[k] for k in f.bound if k in self.party_ids], **self._plain(f)}

    def _verification(self, f: Finding) -> dict[str, Any]:
        return {
            "by": [self.party_ids[k] for k in f.bound if k in self.party_ids],
            **self._plain(f),
            **self._often(f),
        }

    def _often(self, f: Finding) -> dict[str, Any]:
        return {"frequency": {"times": f.frequency[0], "per": f.frequency[1]}} if f.frequency else {}

    def _patrols(self, f: Finding) -> dict[str, Any]:
        zone = self._zone_id()
        return {**({"zone": zone} if zone else {}), **({"mode": f.mode} if f.mode else {}), **self._often(f)}

    def _routes(self, f: Finding) -> dict[str, Any]:
        a, b, road = f.route or (None, None, None)
        return {k: v for k, v in (("from", a), ("to", b), ("road", road)) if v}

    def _ceiling(self, f: Finding) -> dict[str, Any]:
        assert f.count is not None
        counted: dict[str, Any] = {"class": f.counted or "personnel"}
        data: dict[str, Any] = {"class": counted, "maximum": f.count.value}
        zone = self._zone_id()
        return data | ({"zone": zone} if f.in_zone and zone else {})

    def _restriction(self, f: Finding) -> dict[str, Any]:
        return {"acts": list(f.acts), "weapons": self._weapons(f), **self._where(f), **self._band(f)}

    def _other(self, f: Finding) -> dict[str, Any]:
        return self._plain(f)

    def _statements(self) -> list[dict[str, Any]]:
        out = []
        for n, said in enumerate(self.harvest.said, start=1):
            key = self.harvest.reader.registry.resolve(said.key) if said.key else None
            notes = self.harvest.reader.registry.get(key) if key else None
            own = notes is not None and notes.name == said.speaker
            speaker = self.party_ids.get(key, said.speaker) if own and key else said.speaker
            quote = self._quote(said.start, said.end)
            if quote["end"] > quote["start"]:
                out.append(
                    {"id": f"statement-{n}", "speaker": speaker, "stance": said.stance, "quote": quote}
                )
        return out


def _zone_name(own: str) -> str:
    match = re.search(
        (
            r"\b(?:demilitari[sz]ed|de-militari[sz]ed|buffer|security|safety|"
            r"separation|ceasefire|weapons-free|no-fly|ground safety|disengagement|"
            r"exclusion)\s+(?:\w+\s+)?(?:zone|area|belt|strip|corridor)\b|\b(?:zone|"
            r"belt|strip|area)\s+(?:of|without)\s+\w+(?:\s+of\s+\w+)?|\b(?:zone|"
            r"belt|strip|buffer|area|region|corridor)\b"
        ),
        own,
    )
    return match.group() if match else "zone"
