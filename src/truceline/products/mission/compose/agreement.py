"""Weapons, zones, groups and routes: what the agreement promised, beside what is known of it."""

from __future__ import annotations

from truceline.products.mission.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Paragraph,
    Picture,
    Table,
    Terms,
)
from truceline.products.mission.build import audit_id
from truceline.products.mission.compose.obligations import reasons_of
from truceline.products.mission.compose.summary import title_of
from truceline.products.mission.pictures.charts import draw_zone_depth
from truceline.products.mission.voice import Voice
from truceline.products.report.ground import DepthAudit

WIDTH = 480.0
ROUTE_REASONS = 5


def weapons(voice: Voice) -> list[Block]:
    """The ledger: declared, verified, seen in violation."""
    head: list[Block] = [Heading(1, voice.say("section-weapons"), "weapons")]
    entries = voice.facts.weapons
    if entries is None:
        return [*head, Paragraph(voice.say("section-withheld"), "note")]
    if not entries:
        return [*head, Paragraph(voice.say("weapons-none"))]
    names = ("declared", "stored", "left", "seen", "missing", "unaccounted")
    rows = []
    for one in entries:
        base = f"weapons/{one.provision}/{one.party}/{one.weapon_class}"
        rows.append(
            (
                Cell(voice.party(one.party)),
                Cell(voice.weapons(one.weapon_class)),
                *(voice.number(getattr(one, name), f"{base}/{name}") for name in names),
                voice.ref(base),
            )
        )
    columns = (
        Column(voice.say("column-party"), share=9),
        Column(voice.say("column-class"), share=9),
        *(Column(voice.say(f"column-{name}"), "end", 7) for name in names),
        Column(voice.say("column-ref"), share=12),
    )
    return [
        *head,
        Paragraph(voice.say("weapons-hint"), "note"),
        Table(voice.say("weapons-table"), columns, tuple(rows)),
    ]


def zones(voice: Voice) -> list[Block]:
    """The audit of each zone whose depth was promised, with its profile."""
    blocks: list[Block] = [Heading(1, voice.say("section-zone"), "zone")]
    audits = voice.facts.report.audits
    if not audits:
        return [*blocks, Paragraph(voice.say("zone-none"))]
    for number, audit in enumerate(audits, start=1):
        blocks += _audit(voice, audit, audit_id(number, audit.side))
    return blocks


def _audit(voice: Voice, audit: DepthAudit, base: str) -> list[Block]:
    w = voice.w

    def km(metres: float) -> str:
        return w.number(metres / 1000, 1)

    verdict = w.term("verdict", audit.verdict)
    pairs = [
        (
            voice.say("zone-verdict"),
            w.say("zones-certain" if audit.certain else "zones-uncertain", verdict=verdict),
        ),
        (
            w.say("zones-promised"),
            w.say("zones-range", min=w.km(audit.promised_min_m), max=w.km(audit.promised_max_m)),
        ),
        (
            w.say("zones-measured"),
            w.say(
                "zones-measured-value",
                min=km(audit.min_depth_m),
                max=km(audit.max_depth_m),
                mean=km(audit.mean_depth_m),
            ),
        ),
        (w.say("zones-share"), w.say("zones-share-value", share=w.share(audit.share_within, 1))),
        (w.say("zones-area"), w.say("zones-area-value", area=w.number(audit.area_m2 / 1e6))),
    ]
    truth = audit.true_line
    if truth is not None:
        low, high = truth.share_range
        pairs += [
            (
                w.say("zones-true-depth"),
                w.say("zones-range", min=km(truth.depth_m[0]), max=km(truth.depth_m[1])),
            ),
            (
                w.say("zones-true-share"),
                w.say(
                    "zones-true-share-value",
                    share=w.percent(truth.share),
                    low=w.percent(low),
                    high=w.percent(high),
                ),
            ),
            (
                w.say("zones-true-area"),
                w.say("zones-true-area-value", error=w.number(truth.area_error_m2 / 1e6)),
            ),
        ]
    blocks: list[Block] = [
        Heading(2, w.say("zones-title", zone=audit.zone, side=w.term("side", audit.side))),
        Terms((*((term, Cell(text)) for term, text in pairs), (voice.say("column-ref"), voice.ref(base)))),
    ]
    if truth is not None:
        blocks.append(Paragraph(w.say("zones-true-hint", km=w.km_range(truth.uncertainty_m)), "note"))
    svg = draw_zone_depth(
        audit,
        width=WIDTH,
        along=w.say("zones-axis-along"),
        depth=w.say("zones-axis-depth"),
        keys={
            sign: w.say(f"zones-key-{sign}" if truth else "zones-measured")
            if sign == "profile"
            else w.say(f"zones-key-{sign}")
            for sign in ("profile", "promised", "bounds")
        },
        number=lambda value: w.number(value, 0 if value == int(value) else 1),
        rtl=voice.rtl,
    )
    if svg is not None:
        blocks.append(
            Picture(
                str(svg),
                svg.width,
                svg.height,
                voice.say("zone-chart-alt", zone=audit.zone, line=audit.line),
                voice.say("zone-chart", zone=audit.zone, line=audit.line),
            )
        )
        if any(limited for _, _, limited in audit.profile):
            blocks.append(Paragraph(w.say("zones-limited"), "note"))
    for heading, stretches in (("zones-shortfalls", audit.shortfalls), ("zones-excesses", audit.excesses)):
        if stretches:
            told = tuple(
                w.say("zones-stretch", **{"from": km(s.from_m)}, to=km(s.to_m), worst=w.number(s.worst_m))
                for s in stretches[:20]
            )
            blocks += [Heading(3, w.say(heading)), Bullets(told)]
    return blocks


def groups(voice: Voice) -> list[Block]:
    """The groups that parties designated together, or not yet."""
    head: list[Block] = [Heading(1, voice.say("section-groups"), "groups")]
    if not voice.facts.listed:
        return [*head, Paragraph(voice.say("groups-none"))]
    rows = tuple(
        (
            Cell(voice.party(one.group)),
            Cell(voice.say("listed-yes" if one.in_force else "listed-no")),
            Cell(voice.parties(one.missing)),
            Cell(voice.probability(one.probability)),
            voice.ref(f"obligations/{one.provision}/probability"),
        )
        for one in voice.facts.listed
    )
    columns = (
        Column(voice.say("column-group"), share=3),
        Column(voice.say("column-listed"), share=2),
        Column(voice.say("column-missing-consent"), share=3),
        Column(voice.say("column-probability"), "end", 2),
        Column(voice.say("column-ref"), share=3),
    )
    return [*head, Table(voice.say("groups-table"), columns, rows)]


def routes(voice: Voice) -> list[Block]:
    """Each promised route: its status, probability and reasons."""
    head: list[Block] = [Heading(1, voice.say("section-routes"), "routes")]
    found = [one for one in voice.facts.report.snapshots[-1].assessment.obligations if one.kind == "routes"]
    if not found:
        return [*head, Paragraph(voice.say("routes-none"))]
    for one in found:
        told, _ = reasons_of(voice, one)
        head += [
            Heading(2, title_of(voice, one.id)),
            Paragraph(
                voice.say(
                    "probability-of",
                    status=voice.w.term("status", str(one.status)),
                    probability=voice.probability(one.probability),
                    fulfilled=voice.probability(one.p_fulfilled),
                    breached=voice.probability(one.p_breached),
                )
                + "."
            ),
            Bullets(tuple(told[:ROUTE_REASONS])),
        ]
    return head
