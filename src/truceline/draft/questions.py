"""What the text leaves open, as questions to the analyst."""

from __future__ import annotations

from typing import Any

from truceline.draft.finding import Finding


def ask(
    findings: list[Finding], ids: list[str], *, has_line: bool, parties: dict[str, str]
) -> list[dict[str, Any]]:
    """The questions about fields that an assessment needs and the text does not give."""
    out: list[dict[str, Any]] = []
    for finding, id in zip(findings, ids, strict=True):

        def put(field: str, why: str, id: str = id) -> None:
            out.append({"provision": id, "field": field, "why": why})

        bound = [k for k in finding.bound if k in parties]
        if not bound and finding.kind not in ("zone",):
            put("parties", "the text does not say who is bound")
        if finding.kind == "zone":
            if not bound:
                put("parties", "the text does not say who establishes the zone")
            put(
                "line",
                "the line is named but not drawn: its course is needed"
                if has_line
                else "the text gives no line that the zone is measured from",
            )
            if finding.distance is None:
                put("width_m", "the text does not say how deep or wide the zone is")
            else:
                if finding.distance.dimension not in ("deep", "wide"):
                    put(
                        "measure", "the text does not say whether this is one side's depth or the total width"
                    )
                if finding.distance.dimension == "wide":
                    put(
                        "measure", "the text says how wide, not how the width is shared between the two sides"
                    )
                put("side", "the text does not say on which side of the line the depth is measured")
            if finding.due is None and finding.starts is None:
                put("due", "the text gives no date for the zone")
        if (
            finding.kind in ("weapons_withdrawal", "forces_withdrawal", "routes")
            and finding.due is None
            and finding.starts is None
        ):
            put("due", "the text gives no deadline")
        if (
            finding.kind in ("weapons_withdrawal", "forces_withdrawal")
            and not finding.in_zone
            and finding.place is None
            and finding.distance is None
        ):
            put("zone", "the text does not say from where")
        if finding.kind == "routes" and (
            finding.route is None or not finding.route[0] or not finding.route[1]
        ):
            put("to", "the text does not name both ends of the route")
        for field, why in finding.opens:
            put(field, why)
        if finding.kind == "patrols" and finding.frequency is None:
            put("frequency", "the text does not say how often")
    return out
