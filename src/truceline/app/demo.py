"""The worked example, end to end: the Idlib agreement of September 2018 from its text to its report."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import shapely

from truceline.accord.diff import diff
from truceline.accord.geometry import resolve_geometry, uncertainty_range_m
from truceline.accord.load import load_accord
from truceline.accord.model import Accord
from truceline.app.assess import assess_workspace
from truceline.app.cases import Opened, open_case, take_step
from truceline.app.corrections import Said, supersede
from truceline.app.demo_patrols import show_patrols, show_routes
from truceline.app.examples import example_folder
from truceline.app.ingest import ingest
from truceline.app.report import ReportRequest, write_report
from truceline.app.sectors import FILE as SECTORS
from truceline.app.synthetic import Post, Setting, generate, write_csv
from truceline.assess import Assessment
from truceline.core.errors import Conflict, StoreUnavailable
from truceline.core.instants import parse_instant, zone_of
from truceline.draft import draft_text
from truceline.draft.comparison import compare
from truceline.draft.save import save_draft
from truceline.geo.audit import audit_zone
from truceline.geo.geojson import feature_document
from truceline.geo.zone import derive_zone
from truceline.store.workspace import Workspace

EXAMPLE = "idlib-2018"
DATES = ("2018-10-10", "2018-10-15", "2018-12-31")
RIVAL_READING = "conflicting-parties"
SEED = 20180917
SUSPECT = "weapon_sighting"
MARKER = ".truceline-demo"
MIN_DEPTH_M, MAX_DEPTH_M = 15_000.0, 20_000.0

# Towns of control-points.csv within the zone: where the synthetic monitors' posts are put.
POSTS = (
    Post("Khān Shaykhūn", 36.65095, 35.44208),
    Post("Kafr Zaytā", 36.6033, 35.37425),
    Post("Mūrak", 36.6897, 35.37615),
    Post("Al Atārib", 36.82504, 36.13907),
    Post("Az Zarbah", 36.98012, 36.06771),
    Post("Bdāmā", 36.19649, 35.81151),
)

Say = Callable[[str], None]


@dataclass
class Demo:
    """What the example made: the folder, and each step's findings as plain JSON data."""

    folder: Path
    report: Path
    workspace: Path
    steps: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The whole as one JSON document."""
        return {"folder": str(self.folder), "report": str(self.report), "workspace": str(self.workspace)} | (
            self.steps
        )


def run_demo(folder: Path, say: Say) -> Demo:
    """Works through the example into `folder`, which is new, empty, or an earlier demo's (and then replaced).

    Raises Conflict where the folder holds anything else, StoreUnavailable where it cannot be written.
    """
    _prepare(folder)
    example = example_folder(EXAMPLE)
    demo = Demo(folder, folder / "report.html", folder / "workspace")

    say("1  The accord: written by hand from the announcement, every provision with its quote")
    workspace = Workspace.create(demo.workspace, example / "accord.yaml")
    accord = workspace.accord()
    # The report draws the boundaries and towns that lie in a workspace's basemap folder.
    shutil.copytree(example / "basemap", demo.workspace / "basemap")
    shutil.copyfile(example / SECTORS, demo.workspace / SECTORS)
    demo.steps["accord"] = _two_wordings(accord, load_accord(example / "accord-memorandum.yaml"), say)
    demo.steps["draft"] = _draft(example, workspace, say)
    demo.steps["zone"] = _zone(example, folder, say)
    demo.steps["ingest"] = _evidence(example, folder, workspace, say)
    demo.steps["judged"] = _judge(workspace, say)

    say("5  Patrols and routes: a week planned and driven by simulation, and whether the roads were open")
    demo.steps["patrols"] = show_patrols(folder, workspace, say)
    demo.steps["routes"] = show_routes(workspace, say, example)
    demo.steps["assessments"], demo.steps["readings"] = _assess(workspace, say)

    say("7  The report: one file, offline")
    written = write_report(demo.workspace, demo.report, ReportRequest(as_of=DATES))
    say(f"   {demo.report} ({written.size_bytes // 1000} kB)")
    demo.steps["written"] = written.as_dict()
    return demo


def _prepare(folder: Path) -> None:
    try:
        if folder.exists():
            if not (folder / MARKER).is_file() and any(folder.iterdir()):
                raise Conflict(f"{folder} exists and holds no earlier demo", hint="choose another with --out")
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        (folder / MARKER).write_text("made by truceline demo; the next demo replaces this folder\n")
    except OSError as error:
        raise StoreUnavailable(f"{folder} cannot be made: {error.strerror}") from error


def _two_wordings(announced: Accord, memorandum: Accord, say: Say) -> dict[str, Any]:
    found = diff(announced, memorandum)
    changed = sorted({change.id for change in found.changed if change.section == "provisions"})
    added = [change.id for change in found.added if change.section == "provisions"]
    removed = [change.id for change in found.removed if change.section == "provisions"]
    say(
        f"   {len(announced.provisions)} provisions; the memorandum changes {', '.join(changed)} and has "
        f"{', '.join(added)} in place of {', '.join(removed)}"
    )
    return {
        "provisions": len(announced.provisions),
        "memorandum": {"changed": changed, "added": added, "removed": removed},
    }


def _draft(example: Path, workspace: Workspace, say: Say) -> dict[str, Any]:
    say("2  The draft: what the rules find in the same text, beside the accord that was confirmed")
    text = (example / "announcement.txt").read_text(encoding="utf-8")
    draft = draft_text(text, published=date(2018, 9, 17), source_name="announcement.txt")
    save_draft(draft, workspace.root / "draft" / "accord.yaml")
    shutil.copyfile(workspace.root / "draft" / "accord.yaml", workspace.root / "draft.yaml")
    comparison = compare(draft.accord, workspace.accord())
    differs = sum(len(pair.differs) for pair in comparison.pairs if pair.draft)
    say(
        f"   {comparison.found} of {len(comparison.pairs)} found, {differs} fields read otherwise; "
        f"{len(comparison.only_in_draft)} only in the draft, {len(draft.accord.questions)} questions open"
    )
    return comparison.as_dict() | {"questions": len(draft.accord.questions)}


def _zone(example: Path, folder: Path, say: Say) -> dict[str, Any]:
    say("3  The zone: derived on the ellipsoid from the approximate line of contact, and audited")
    accord = load_accord(example / "accord.yaml")
    geometry = resolve_geometry(accord, example)
    id, line = next(iter(geometry.lines.items()))
    uncertain = geometry.uncertain_lines[id]
    least_m, greatest_m = uncertainty_range_m(uncertain)
    zone = derive_zone(line, MAX_DEPTH_M, "left")
    audit = audit_zone(
        zone.geometry, line, "left", MIN_DEPTH_M, MAX_DEPTH_M, uncertainty_m=uncertain.uncertainty
    )
    share = 0.0 if audit.uncertain is None else audit.uncertain.share_within
    found = audit.as_dict()
    (folder / "zone.geojson").write_text(
        json.dumps(
            feature_document(
                shapely.set_precision(zone.geometry, 1e-7),
                {"approximate": True, "area_m2": zone.area_m2, "max_error_m": zone.max_error_m},
            )
        ),
        encoding="utf-8",
    )
    (folder / "zone-audit.json").write_text(json.dumps(found), encoding="utf-8")
    say(
        f"   {zone.area_m2 / 1e6:,.0f} km2, vertices within {zone.max_error_m:.2f} m; "
        f"audit: {found['verdict']}, depth {found['min_depth_m'] / 1000:.1f} to "
        f"{found['max_depth_m'] / 1000:.1f} km along the line as drawn; from the true line "
        f"(known to {least_m / 1000:.1f} to {greatest_m / 1000:.1f} km) {share:.0%} of it is expected "
        "as promised"
    )
    return {
        "area_m2": zone.area_m2,
        "max_error_m": zone.max_error_m,
        "audit": {key: value for key, value in found.items() if key not in {"profile", "geometry"}},
    }


def _evidence(example: Path, folder: Path, workspace: Workspace, say: Say) -> dict[str, Any]:
    say("4  The evidence: 29 reported events, which are real, and monitors' reports, which are synthetic")
    synthetic = folder / "synthetic-monitoring.csv"
    setting = Setting(
        sides=("opposition", "syrian_government"),
        posts=POSTS,
        signed=date(2018, 9, 17),
        deadline=date(2018, 10, 10),
        until=date(2018, 12, 31),
    )
    rows = write_csv(generate(setting, seed=SEED), synthetic)
    report = ingest(workspace, [example / "reported-events.csv", synthetic])
    again = ingest(workspace, [example / "reported-events.csv", synthetic])
    say(
        f"   {report.total('added')} observations taken in ({rows} of them synthetic), "
        f"{len(report.quarantined)} set aside; the same files again: {again.total('added')} added"
    )
    return report.as_dict() | {"synthetic_rows": rows, "added_again": again.total("added")}


def _judge(workspace: Workspace, say: Say) -> dict[str, Any]:
    """A correction and a case, both about synthetic reports and themselves made up."""
    with workspace.store(read_only=True) as store:
        rows = store.observations()
    made_up = rows.filter(pc.and_(rows["synthetic"], pc.equal(rows["kind"], SUSPECT))).sort_by("origin_row")
    first, second = made_up["id"].slice(0, 2).to_pylist()
    author = "demo (synthetic)"
    changes = {first: {"report": "Synthetic: the same report, its wording corrected."}}
    (correction,) = supersede(workspace, changes, Said(author, "synthetic: a slip in the wording"))
    opened = Opened(
        "A synthetic case",
        "Synthetic: it shows the steps of a case.",
        (second,),
        parties=("opposition",),
    )
    on = datetime(2018, 10, 20, 9, tzinfo=UTC)
    case = open_case(workspace, opened, Said(author, ""), at=on).case.id
    note = Said(author, "synthetic")
    take_step(workspace, case, "inquiry", note, at=on + timedelta(days=1))
    finding = {"result": "inconclusive", "reliability": "F", "credibility": 6}
    take_step(workspace, case, "finding", note, finding, at=on + timedelta(days=9))
    say(f"   one of the synthetic reports corrected ({correction.id}), one taken through a case ({case})")
    return {"correction": correction.id, "case": case}


def _assess(workspace: Workspace, say: Say) -> tuple[dict[str, Any], dict[str, Any]]:
    say("6  The verdict, as of three dates")
    assessments: dict[str, Any] = {}
    zone = zone_of(workspace.accord().accord.time_zone)
    known_at = datetime.now(UTC)
    last: Assessment | None = None
    for day in DATES:
        last = assess_workspace(workspace, as_of=parse_instant(day, zone), known_at=known_at)
        assessments[day] = last.as_dict()
        counts: dict[str, int] = {}
        for obligation in last.obligations:
            counts[obligation.status] = counts.get(obligation.status, 0) + 1
        say(f"   {day}: " + ", ".join(f"{count} {status}" for status, count in sorted(counts.items())))
    rival = assess_workspace(
        workspace, as_of=parse_instant(DATES[-1], zone), known_at=known_at, reading=RIVAL_READING
    )
    changed = {
        before.id: {"adopted": str(before.status), RIVAL_READING: str(after.status)}
        for before, after in zip(last.obligations if last else (), rival.obligations, strict=True)
        if before.status != after.status
    }
    dependent = sorted(o.id for o in (last.obligations if last else ()) if o.reading_dependent)
    say(
        f"   read as the memorandum has it ({RIVAL_READING}): "
        + (", ".join(f"{id} {v['adopted']} -> {v[RIVAL_READING]}" for id, v in changed.items()) or "the same")
    )
    return assessments, {"reading": RIVAL_READING, "changed": changed, "reading_dependent": dependent}
