"""A report's content as one self-contained HTML file that asks nothing of any network.

Style and script are inlined and allowed by their hashes alone; the page's own Content-Security-Policy
forbids every request. The same content gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

from truceline.assess.assessment import Obligation, Reason, Status
from truceline.core.bidi import direction, isolated
from truceline.core.instants import isoformat_utc, zone_of
from truceline.core.shown import shown
from truceline.products.report.content import EvidenceRow, Report, Snapshot
from truceline.products.report.depth_chart import draw_depth
from truceline.products.report.page_data import page_data
from truceline.products.report.timeline import LANES, later_than, lay_out_timeline
from truceline.products.report.wording import Wording

EVIDENCE_SHOWN = 8
# Reasons that say only what the deadline beside them says already.
CALENDAR_REASONS = frozenset(
    {
        "begins-later",
        "deadline-ahead",
        "deadline-grace",
        "deadline-passed",
        "deadline-unknown",
        "holds-since",
        "no-deadline",
        "no-start",
    }
)


def _seen(value: Any) -> Any:
    """Text of others cannot turn the order of a line around, nor hide in it; what is markup is ours."""
    return isolated(shown(value)) if isinstance(value, str) and not isinstance(value, Markup) else value


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("truceline.products.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_seen,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=2)
def asset(name: str) -> str:
    """The built script or style of the page, as text."""
    return (resources.files("truceline.products.report") / "assets" / name).read_text(encoding="utf-8")


def content_hash(text: str) -> str:
    """The hash of an inline script or style as a Content-Security-Policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def embedded_json(data: Any) -> str:
    """JSON that is safe between script tags: no ``<`` can end the element."""
    # Texts are shown first: once in the page, the script would put them there as they are.
    text = json.dumps(_all_seen(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _all_seen(data: Any) -> Any:
    if isinstance(data, dict):
        return {_seen(key): _all_seen(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_all_seen(value) for value in data]
    return _seen(data)


def switch_style(snapshots: int) -> str:
    """The rules by which the date switch works without a script: the checked date shows its own parts."""
    rules = []
    for index in range(snapshots):
        chosen = f"body:has(#at-{index}:checked)"
        rules.append(f"{chosen} .at:not(.at-{index}){{display:none}}")
        rules.append(f"{chosen} .mark.later-{index}{{opacity:var(--faded)}}")
        rules.append(f"{chosen} :is(tr,li).later-{index}{{color:var(--quiet);font-style:italic}}")
        rules.append(f"{chosen} .later-{index} .mark-later{{display:inline-block}}")
        rules.append(f"{chosen} .strip-{index}{{outline:2px solid var(--ink);outline-offset:2px}}")
    return "".join(rules)


def render_html(report: Report, *, served: bool = False) -> str:
    """The report as one HTML document. `served` adds the form that asks for another date.

    Raises KeyError where a message is missing: the page never shows a gap for a word.
    """
    wording = Wording(report.language, zone_of(report.time_zone))
    style = asset("report.css") + switch_style(len(report.snapshots))
    script = asset("report.js")
    data = embedded_json(page_data(report, wording))
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src '{content_hash(script)}'",
            f"style-src '{content_hash(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'self'" if served else "form-action 'none'",
        )
    )
    rows = {row.id: row for row in report.evidence}
    template = _environment().get_template("page.html.jinja")
    return template.render(
        report=report,
        w=wording,
        direction=direction(report.language),
        served=served,
        policy=policy,
        style=Markup(style),
        script=Markup(script),
        data=Markup(data),
        statuses=tuple(Status),
        timeline=lay_out_timeline(report, wording),
        charts=[(audit, draw_depth(audit)) for audit in report.audits],
        rows=rows,
        shown=EVIDENCE_SHOWN,
        lanes=LANES,
        last=len(report.snapshots) - 1,
        later_than=lambda row: later_than(row, report),
        iso=isoformat_utc,
        title_of=lambda id: _title(report, id, wording),
        part_name=lambda id: report.party_names.get(id.partition("/")[2], id.partition("/")[2] or id),
        days_from_due=lambda snapshot, due: days_from_due(snapshot, due, wording),
        changes=lambda index: _changes(report, index),
        counts=_counts,
        resting_on=lambda obligation: _resting_on(obligation, rows),
        invented_of=lambda snapshot, status: sum(
            obligation.status == status and _resting_on(obligation, rows) == "synthetic"
            for obligation in snapshot.assessment.obligations
        ),
        telling=_telling,
        by_weight=lambda snapshot, obligation, ids: _by_weight(snapshot, obligation, ids, rows),
    )


def days_from_due(snapshot: Snapshot, due: Any, wording: Wording) -> int:
    """Whole days from the deadline to the as-of, in the accord's calendar; negative before it."""
    return (wording.last_day(snapshot.as_of) - wording.last_day(due)).days


def _title(report: Report, id: str, wording: Wording) -> str:
    provision = report.provision(id)
    if provision is None:
        return id
    return provision.title or f"{wording.term('kind', provision.kind)} ({provision.id})"


def _changes(report: Report, index: int) -> list[tuple[str, Status, Status]]:
    if index == 0:
        return []
    before = {o.id: o.status for o in report.snapshots[index - 1].assessment.obligations}
    return [
        (o.id, before[o.id], o.status)
        for o in report.snapshots[index].assessment.obligations
        if o.id in before and before[o.id] != o.status
    ]


def _counts(snapshot: Snapshot) -> list[tuple[Status, int]]:
    # The statuses that call for attention come first.
    order = (
        Status.BREACHED, Status.OVERDUE, Status.DISPUTED, Status.UNVERIFIED, Status.IN_PROGRESS,
        Status.NOT_DUE, Status.HOLDING, Status.MET_LATE, Status.MET,
    )  # fmt: skip
    held = [obligation.status for obligation in snapshot.assessment.obligations]
    return [(status, held.count(status)) for status in order if status in held]


def _by_weight(
    snapshot: Snapshot, obligation: Obligation, ids: tuple[str, ...], rows: dict[str, EvidenceRow]
) -> list[tuple[EvidenceRow, Any]]:
    """The reports among `ids` that this page shows, the weightiest first; else in the verdict's own order."""
    weights = {c.observation: c for c in snapshot.contributions.get(obligation.id, ())}
    found = [(rows[id], weights.get(id)) for id in dict.fromkeys(ids) if id in rows]
    return sorted(found, key=lambda pair: -(pair[1].probability if pair[1] else 0.0))


def _resting_on(obligation: Obligation, rows: dict[str, EvidenceRow]) -> str:
    """Whether a verdict rests on synthetic evidence: ``synthetic``, ``partly-synthetic`` or nothing of it.

    A verdict that stands on invented evidence must never be read as one about the world.
    """
    cited = (
        *obligation.evidence,
        *obligation.counter_evidence,
        *(i for r in obligation.because for i in r.evidence),
    )
    kinds = {rows[id].synthetic for id in cited if id in rows}
    if True not in kinds:
        return ""
    return "partly-synthetic" if False in kinds else "synthetic"


def _telling(obligation: Obligation) -> Reason | None:
    """The reason to show first: one that rests on evidence, before one that repeats the calendar."""
    with_evidence = [reason for reason in obligation.because if reason.evidence]
    other = [reason for reason in obligation.because if reason.message not in CALENDAR_REASONS]
    return next(iter((*with_evidence, *other, *obligation.because)), None)
