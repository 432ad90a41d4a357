"""A small invented accord as report content: two valleys, one zone, three obligations, two dates."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from truceline.assess.assessment import Assessment, Obligation, Reason, Status
from truceline.draft.comparison import Comparison, Difference, Pair
from truceline.products.report.content import (
    Contribution,
    EvidenceRow,
    Factor,
    InputFile,
    OpenPoint,
    Passage,
    ProvisionContent,
    Question,
    Quoted,
    ReadingContent,
    ReadingVerdict,
    Report,
    Snapshot,
    SourceText,
    StatementContent,
)
from truceline.products.report.ground import (
    Basemap,
    DepthAudit,
    LineShape,
    MapContent,
    RouteShape,
    Stretch,
    Town,
    TrueLine,
    ZoneShape,
)

RECORDED = datetime(2021, 6, 1, 8, tzinfo=UTC)


def _row(number: int, **changes: Any) -> EvidenceRow:
    base: dict[str, Any] = {
        "number": number,
        "id": f"obs-{number}",
        "label": f"v-{number:03d}",
        "kind": "shelling",
        "kind_name": "shelling by artillery, mortars or rockets",
        "family": "any_military_action",
        "occurred_from": datetime(2021, 5, 3, 21, tzinfo=UTC) + timedelta(days=number),
        "occurred_to": datetime(2021, 5, 4, 21, tzinfo=UTC) + timedelta(days=number),
        "recorded_at": RECORDED,
        "place": "Upper ford",
        "lon": 20.1,
        "lat": 42.05,
        "error_m": 5000.0,
        "actors": ("North",),
        "targets": ("South",),
        "report": f"report number {number}",
        "count": None,
        "fatalities": None,
        "source": "valley-post",
        "method": "reported",
        "reliability": "C",
        "credibility": 3,
        "claim": False,
        "synthetic": False,
        "origin_file": "events.csv",
        "origin_row": number,
        "origin_url": None,
        "quote": None,
    }
    return EvidenceRow(**(base | changes))


PROPOSITIONS = {
    Status.BREACHED: "breached",
    Status.HOLDING: "not breached",
    Status.MET: "done",
    Status.OVERDUE: "not done",
}


def _obligation(id: str, kind: str, status: Status, probability: float, **changes: Any) -> Obligation:
    base: dict[str, Any] = {
        "proposition": PROPOSITIONS.get(status, "fulfilled"),
        "p_fulfilled": probability,
        "p_breached": 1 - probability,
        "since": None,
        "due": None,
        "because": (Reason("why", {}, f"The first reason of {id}.", ("obs-1",)),),
        "evidence": ("obs-1", "obs-3"),
        "counter_evidence": ("obs-2",),
        "finding": "probable",
    }
    return Obligation(id=id, kind=kind, status=status, probability=probability, **(base | changes))


DUE = datetime(2021, 5, 10, 22, tzinfo=UTC)  # the end of 10 May in Tirana


def _snapshot(day: int, statuses: tuple[Status, Status, Status]) -> Snapshot:
    as_of = datetime(2021, 5, day, 22, tzinfo=UTC)
    zone, guns, quiet = statuses
    return Snapshot(
        key=f"2021-05-{day:02d}",
        assessment=Assessment(
            accord="valleys-2021",
            accord_version=2,
            as_of=as_of,
            known_at=RECORDED,
            ruleset="v1",
            reading=None,
            observations_considered=day,
            obligations=(
                _obligation("zone", "zone", zone, 0.4, due=DUE, reading_dependent=("width",)),
                _obligation(
                    "guns",
                    "weapons_withdrawal",
                    guns,
                    0.93,
                    due=DUE,
                    parts=(_obligation("guns/south", "weapons_withdrawal", guns, 0.9),),
                    effort_h=120.0,
                    access_refused=2,
                ),
                _obligation("quiet", "cessation", quiet, 0.97),
            ),
        ),
        contributions={
            "quiet": (
                Contribution(
                    observation="obs-3",
                    probability=0.7,
                    factors=(Factor(name="report", probability=0.8), Factor(name="inside", probability=0.9)),
                ),
            )
        },
        readings={
            "zone": (
                ReadingVerdict(question="Which?", reading="depth", text="one side's depth", status="overdue", probability=0.8, proposition="not done", assessed=True),
                ReadingVerdict(question="Which?", reading="width", text="the total width", status="met", probability=0.7, proposition="done", assessed=False),
            )
        },
    )  # fmt: skip


def _square(size: float) -> dict[str, Any]:
    ring = [[20.0, 42.0], [20.0 + size, 42.0], [20.0 + size, 42.0 + size], [20.0, 42.0 + size], [20.0, 42.0]]
    return {"type": "Polygon", "coordinates": [ring]}


TEXT = "The sides agreed on a zone five kilometres deep by 10 May. Talks go on."


def _report() -> Report:
    quote = Quoted(
        source="notice",
        source_title="Notice of the mediator",
        published=date(2021, 5, 1),
        language="en",
        before="The sides agreed on ",
        exact="a zone five kilometres deep",
        after=" by 10 May. Talks go on.",
        speaker="the mediator",
    )
    titles = (
        ("zone", "zone", "A zone five kilometres deep"),
        ("guns", "weapons_withdrawal", "Guns leave the zone"),
    )
    return Report(
        title="Accord of the two valleys",
        accord_id="valleys-2021",
        accord_version=2,
        accord_status="confirmed",
        party_names={"north": "North", "south": "South"},
        signed=date(2021, 5, 1),
        time_zone="Europe/Tirane",
        language="en",
        generator="Truceline test",
        data_current_to=datetime(2021, 5, 20, tzinfo=UTC),
        ruleset="v1",
        reading=None,
        thresholds=(0.6, 0.9),
        provisions=(
            *(
                ProvisionContent(id=id, kind=kind, title=title, parties=("North", "South"), quotes=(quote,))
                for id, kind, title in titles
            ),
            ProvisionContent(id="quiet", kind="cessation", title=None, parties=(), quotes=()),
        ),
        snapshots=(
            _snapshot(8, (Status.IN_PROGRESS, Status.NOT_DUE, Status.HOLDING)),
            _snapshot(20, (Status.OVERDUE, Status.NOT_DUE, Status.BREACHED)),
        ),
        evidence=(
            _row(1),
            _row(2, claim=True, kind="withdrawal_claim", kind_name="withdrawal claimed", family="withdrawal"),
            _row(3, family="political", kind="statement", kind_name="statement", lon=None, lat=None, error_m=None, place=None),
            _row(9, synthetic=True, source="synthetic-monitors", family="effort", kind="observation_effort",
                 kind_name="hours of observation", report="synthetic: post manned"),
        ),
        evidence_total=6,
        map=MapContent(
            bounds=(19.9, 41.9, 20.3, 42.3),
            lines=(
                LineShape(
                    id="line", name="Line of contact", approximate=True, uncertainty_m=(500.0, 500.0),
                    geometry={"type": "LineString", "coordinates": [[20.0, 42.0], [20.2, 42.0]]},
                    band=_square(0.01), left="north", right="south", describes=None,
                ),
            ),
            zones=(
                ZoneShape(
                    id="zone", name="Zone of the ford", kind="area_of_separation", approximate=True,
                    uncertainty_m=(500.0, 500.0), outer=_square(0.15), inner=_square(0.1),
                    depth_min_m=4000.0, depth_max_m=5000.0,
                ),
            ),
            routes=(
                RouteShape(
                    provision="road", name="Valley road", error_m=300.0,
                    geometry={"type": "LineString", "coordinates": [[20.0, 42.1], [20.2, 42.2]]},
                ),
            ),
            basemap=Basemap(
                land=({"type": "Feature", "properties": {"names": {"en": "Valley"}}, "geometry": _square(0.3)},),
                towns=(Town(name="Ford", name_local="فورد", lon=20.05, lat=42.05, rank=1),),
                credits=("Example survey",),
            ),
        ),
        audits=(
            DepthAudit(
                zone="Zone of the ford", line="Line of contact", side="left", verdict="too_shallow",
                promised_min_m=4000.0, promised_max_m=5000.0, min_depth_m=3500.0, max_depth_m=5000.0,
                mean_depth_m=4600.0, share_within=0.9, area_m2=8.0e7,
                profile=tuple((i * 100.0, 3500.0 if i == 70 else 4700.0, i > 150) for i in range(160)),
                shortfalls=(Stretch(from_m=6950.0, to_m=7050.0, worst_m=500.0),),
                true_line=TrueLine(
                    uncertainty_m=(300.0, 500.0), depth_m=(3000.0, 5500.0), share=0.83, share_range=(0.6, 0.97),
                    p_shallow_somewhere=0.5, p_deep_somewhere=0.004, area_error_m2=3.2e6,
                    bounds=(tuple((i * 100.0, 3000.0 if i == 70 else 4200.0, 5200.0) for i in range(151)),),
                ),
            ),
        ),
        comparison=Comparison(
            pairs=(
                Pair(kind="zone", confirmed="zone", draft="zone-1", agrees=("width_m",),
                     differs=(Difference(field="due", confirmed="2021-05-10", draft="none"),)),
                Pair(kind="cessation", confirmed="quiet", draft=None),
            ),
            only_in_draft=(("patrols", "patrols-1"),),
        ),
        draft_questions=(OpenPoint(why="the text does not say who is bound", provisions=("zone-1", "road-1")),),
        questions=(
            Question(
                id="width", question="Is it the width or one side's depth?", about=("zone",),
                readings=(
                    ReadingContent(id="depth", text="one side's depth", held_by=("North",), adopted=True),
                    ReadingContent(id="width", text="the total width", held_by=("South",), adopted=False),
                ),
            ),
        ),
        statements=(StatementContent(speaker="East", stance="welcomes", exact="a good day"),),
        sources=(
            SourceText(
                id="notice", title="Notice of the mediator", publisher="Mediator", published=date(2021, 5, 1),
                language="en", sha256="ab" * 32, url=None, note=None,
                passages=(Passage(text=TEXT[:20]), Passage(text=TEXT[20:47], provisions=("zone",)), Passage(text=TEXT[47:])),
            ),
        ),
        inputs=(InputFile(name="events.csv", sha256="cd" * 32, rows=4),),
    )  # fmt: skip


@pytest.fixture
def valleys() -> Report:
    return _report()


@pytest.fixture
def a_row() -> Callable[..., EvidenceRow]:
    return _row
