"""What needs an optional package says which, and how to install it, where it is not there."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from truceline.core.errors import DependencyMissing


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    # None in sys.modules is how Python itself marks a module that cannot be imported.
    for name in ("osmium", "icalendar", "pyvrp", "nats", "typst"):
        monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.usefixtures("without")
def test_roads_from_openstreetmap_need_osmium(tmp_path: Path) -> None:
    from truceline.geo.roads import read

    with pytest.raises(DependencyMissing, match="needs osmium") as raised:
        list(read._osm(tmp_path / "roads.osm.pbf", frozenset()))
    assert "truceline[patrol]" in str(raised.value.hint)


@pytest.mark.usefixtures("without")
def test_a_calendar_needs_icalendar() -> None:
    from truceline.patrol.planning.outputs.calendar import calendar_of

    with pytest.raises(DependencyMissing, match="icalendar"):
        calendar_of(SimpleNamespace(shifts=()), "team")  # type: ignore[arg-type]


@pytest.mark.usefixtures("without")
def test_planning_needs_pyvrp() -> None:
    from truceline.patrol.planning.solve import solved

    wanted = [SimpleNamespace(windows=[(0, 1)])]
    with pytest.raises(DependencyMissing, match="PyVRP"):
        solved([SimpleNamespace()], wanted, [], seed=0, iterations=1)  # type: ignore[list-item, arg-type]


@pytest.mark.usefixtures("without")
def test_watching_a_broker_needs_nats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "truceline.watch.sources.nats", raising=False)
    with pytest.raises(DependencyMissing, match="nats-py"):
        importlib.import_module("truceline.watch.sources.nats")


@pytest.mark.usefixtures("without")
def test_reports_as_pdf_need_typst() -> None:
    from truceline.products.mission.render.pdf import render_picture

    with pytest.raises(DependencyMissing, match="Typst") as raised:
        render_picture("<svg/>")
    assert "truceline[report]" in str(raised.value.hint)
