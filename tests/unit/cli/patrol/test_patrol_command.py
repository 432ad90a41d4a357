"""``patrol verify`` on simulated patrols along the line of contact of Idlib, each party on its side."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin

from truceline.geo.ellipsoid import direct
from truceline.geo.geojson import read_features
from truceline.geo.nearest import LineIndex
from truceline.patrol.simulate import copied, simulated
from truceline.patrol.track import Track
from truceline.store.workspace import Workspace

Ran = tuple[int, str, str]


def gpx(track: Track) -> str:
    from truceline.core.instants import isoformat_utc
    from truceline.patrol.when import instant

    points = "".join(
        f'<trkpt lat="{y:.7f}" lon="{x:.7f}"><time>{isoformat_utc(instant(t))}</time></trkpt>'
        for t, x, y in zip(track.time_s.tolist(), track.lon.tolist(), track.lat.tolist(), strict=True)
    )
    return f'<gpx version="1.1" creator="simulation"><trk><trkseg>{points}</trkseg></trk></gpx>'


@pytest.fixture(scope="module")
def ways(idlib: Path) -> dict[str, list[tuple[float, float]]]:
    """Ways of 40 km along the line, 20 km to the left for Turkey and to the right for Russia."""
    (feature,) = read_features(idlib / "line-of-contact.geojson")
    index = LineIndex(feature.geometry)
    at = [index.line.parts[0][n] for n in range(0, len(index.line.parts[0]))]
    line = shapely.LineString(at)
    found = {}
    for party, turn in (("turkey", -90.0), ("russia", 90.0)):
        way = []
        for share in np.linspace(0.3, 0.4, 15):
            here, ahead = (line.interpolate(s, normalized=True) for s in (share, share + 0.002))
            azimuth = float(np.degrees(np.arctan2((ahead.x - here.x) * 0.81, ahead.y - here.y)))
            lon, lat, _ = direct(here.x, here.y, azimuth + turn, 20_000.0)
            way.append((float(lon), float(lat)))
        found[party] = way
    return found


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, idlib: Path) -> Path:
    return Workspace.create(tmp_path_factory.mktemp("patrols") / "idlib", idlib / "accord.yaml").root


def test_a_week_of_tracks_is_told_apart(
    truceline: Callable[..., Ran], workspace: Path, ways: dict[str, Any], tmp_path: Path
) -> None:
    start = 1_539_072_000.0
    honest, _ = simulated("a", "turkey", ways["turkey"], start, seed=1, stops=[(7, 900.0)])
    other, _ = simulated("b", "russia", ways["russia"], start, seed=2, stops=[(7, 900.0)])
    tracks = {"a": honest, "b": other, "c": copied(honest, "c", 86_400.0)}
    for name, track in tracks.items():
        (tmp_path / f"{name}.gpx").write_text(gpx(track), encoding="utf-8")
    post = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": list(ways["turkey"][7])},
        "properties": {"id": "post-7", "visit_min": 10, "revisit_h": 24, "party": "turkey"},
    }
    (tmp_path / "posts.geojson").write_text(json.dumps(post), encoding="utf-8")
    files = [
        f"{party}={tmp_path / name}.gpx"
        for party, name in (("turkey", "a"), ("russia", "b"), ("turkey", "c"))
    ]
    code, out, _ = truceline(
        "patrol", "verify", workspace, *files, "--posts", tmp_path / "posts.geojson", "--json"
    )
    assert code == 0
    answer = json.loads(out)
    assert {one["track"]: one["standing"] for one in answer["patrols"]} == {
        "a.gpx": "shown", "b.gpx": "shown", "c.gpx": "doubtful",
    }  # fmt: skip
    assert answer["patrols"][2]["signs"][0]["other_track"] == "a.gpx"
    assert [one["crossings"] for one in answer["patrols"]] == [[], [], []]
    assert answer["revisits"][0]["visits"] == 1
    assert answer["provision"] == "patrols"
    assert 0.0 <= answer["zone_seen"]["all"]["share"] < 0.2
    code, out, _ = truceline("patrol", "verify", workspace, *files)
    assert code == 0
    assert "the same noise as a.gpx" in " ".join(out.split())


def test_patrols_that_tracks_show_become_evidence_for_the_promise(
    truceline: Callable[..., Ran], idlib: Path, ways: dict[str, Any], tmp_path: Path
) -> None:
    workspace = Workspace.create(tmp_path / "idlib", idlib / "accord.yaml").root
    files = []
    for day in range(3):
        for party in ("turkey", "russia"):
            start = 1_539_072_000.0 + 86_400.0 * day
            track, _ = simulated("x", party, ways[party], start, seed=10 * day + len(party))
            path = tmp_path / f"{party}{day}.gpx"
            path.write_text(gpx(track), encoding="utf-8")
            files.append(f"{party}={path}")
    made = tmp_path / "shown.csv"
    code, _, err = truceline(
        "patrol", "verify", workspace, *files, "--observations", made, "--synthetic", "--json"
    )
    assert (code, "6 patrols written" in err) == (0, True)
    assert made.read_text(encoding="utf-8").splitlines()[0].find("lon") == -1
    for added in (6, 0):
        _, out, _ = truceline("ingest", workspace, made, "--json")
        assert json.loads(out)["added"] == added
    _, out, _ = truceline("assess", workspace, "--as-of", "2018-10-31", "--json")
    verdict = next(one for one in json.loads(out)["obligations"] if one["id"] == "patrols")
    assert "6 of the patrols reported were shown by tracks." in verdict["because"]
    assert verdict["probability"] > 0.5
    assert verdict["status"] == "unverified"  # one source is not enough
    code, _, err = truceline("patrol", "verify", workspace, *files, "--observations", made, "--json")
    assert code == 2
    assert "is there already" in err


@pytest.mark.parametrize(
    ("prefix", "said"),
    [("", "does not say whose track it is"), ("nobody=", "found the party 'nobody'")],
)
def test_a_track_of_nobody_in_the_accord_is_one_sentence(
    truceline: Callable[..., Ran], workspace: Path, tmp_path: Path, prefix: str, said: str
) -> None:
    (tmp_path / "t.csv").write_text("time,lon,lat\n2018-10-01T08:00:00Z,36,35\n", encoding="utf-8")
    code, out, err = truceline("patrol", "verify", workspace, f"{prefix}{tmp_path / 't.csv'}", "--json")
    assert code == 2
    assert said in err
    assert json.loads(out)["detail"]


def test_terrain_takes_away_what_it_hides_and_that_is_said(
    truceline: Callable[..., Ran], workspace: Path, ways: dict[str, Any], tmp_path: Path
) -> None:
    track, _ = simulated("a", "turkey", ways["turkey"], 1_539_072_000.0, seed=1)
    (tmp_path / "a.gpx").write_text(gpx(track), encoding="utf-8")
    west, north = float(track.lon.min()) - 0.2, float(track.lat.max()) + 0.2
    rng = np.random.default_rng(1)
    heights = rng.uniform(0.0, 200.0, (400, 600)).astype(np.float32)
    with rasterio.open(
        tmp_path / "dem.tif", "w", driver="GTiff", height=400, width=600, count=1, dtype="float32",
        crs="EPSG:4326", transform=from_origin(west, north, 0.002, 0.002),
    ) as file:  # fmt: skip
        file.write(heights, 1)
    asked = ("patrol", "verify", workspace, f"turkey={tmp_path / 'a.gpx'}", "--sight-m", 5000)
    shares = []
    for more in ((), ("--terrain", tmp_path / "dem.tif")):
        code, out, _ = truceline(*asked, *more, "--json")
        assert code == 0
        answer = json.loads(out)
        assert answer["over_terrain"] == bool(more)
        shares.append(answer["zone_seen"]["all"]["share"])
    assert 0.0 < shares[1] < 0.5 * shares[0], "between peaks little is seen"
    assert "is seen over the terrain" in " ".join(
        truceline(*asked, "--terrain", tmp_path / "dem.tif")[1].split()
    )


def test_tracks_are_matched_to_roads_and_no_place_is_told(
    truceline: Callable[..., Ran], workspace: Path, ways: dict[str, Any], idlib: Path, tmp_path: Path
) -> None:
    """Along the M4 of the synthetic map from Ariha to Saraqib, 18.6 km; and beside all roads."""
    along, _ = simulated(
        "m4", "turkey", [(36.60964, 35.81374), (36.80591, 35.86447)], 1_539_072_000.0, seed=5
    )
    beside, _ = simulated("field", "turkey", [(36.0, 36.5), (36.1, 36.5)], 1_539_072_000.0, seed=6)
    for name, track in (("m4", along), ("field", beside)):
        (tmp_path / f"{name}.gpx").write_text(gpx(track), encoding="utf-8")
    asked = [f"turkey={tmp_path / name}.gpx" for name in ("m4", "field")]
    roads = idlib / "roads" / "roads.geojson"
    code, out, _ = truceline("patrol", "verify", workspace, *asked, "--roads", roads, "--json")
    assert code == 0
    on = {one["track"]: one for one in json.loads(out)["roads"]}
    assert on["m4.gpx"]["synthetic_roads"] is True
    assert on["m4.gpx"]["km"] == pytest.approx(18.6, abs=0.3)
    assert on["m4.gpx"]["expected_right_share"] > 0.9
    assert on["m4.gpx"]["off_road_share"] < 0.05
    assert on["field.gpx"]["off_road_share"] > 0.9
    assert "36.6" not in json.dumps(on)
    code, _, err = truceline("patrol", "verify", workspace, *asked, "--roads", roads, "--vehicle", "boat")
    assert code == 2
    assert "boat" in err
