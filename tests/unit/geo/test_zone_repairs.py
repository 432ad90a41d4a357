import numpy as np
import pytest
import shapely

from truceline.geo.depths import Depths
from truceline.geo.nearest import LineIndex
from truceline.geo.plane import Plane
from truceline.geo.zone import derive_zone
from truceline.geo.zone_error import measured_error, strayed
from truceline.geo.zone_repairs import divided_faces, without_spikes

SHEET = Plane(0.0, 0)


def test_a_boundary_that_runs_out_and_back_along_itself_is_cut_short() -> None:
    square = shapely.box(0, 0, 1, 1)
    outwards = shapely.Polygon([(0, 0), (1, 0), (1, 1), (0.5, 1), (0.5, 1.2), (0.5 + 1e-8, 1), (0, 1)])
    inwards = shapely.Polygon([(0, 0), (1, 0), (1, 1), (0.5, 1), (0.51, 0.4), (0.5 + 1e-8, 1), (0, 1)])
    for spiked in (outwards, inwards):
        mended = without_spikes(shapely.MultiPolygon([spiked]), SHEET, 0.05)
        assert mended.is_valid
        assert shapely.hausdorff_distance(mended, square) < 1e-6


def test_a_narrow_wedge_that_is_wider_than_the_tolerance_stays() -> None:
    wedge = shapely.MultiPolygon(
        [shapely.Polygon([(0, 0), (1, 0), (1, 1), (0.5, 1), (0.50001, 1.2), (0, 1)])]
    )
    assert without_spikes(wedge, SHEET, 0.05).equals(wedge)


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_face_whose_rings_went_missing_is_divided_where_its_ground_changes(side: str) -> None:
    line = shapely.LineString([(36, 35), (36.2, 35.03), (36.35, 35.0)])
    index = LineIndex(line)
    depths = Depths(5_000.0 if side == "left" else 0.0, 5_000.0 if side == "right" else 0.0)
    whole = shapely.box(35.9, 34.9, 36.45, 35.13)
    faces = divided_faces(index, depths, [whole], Plane(36.0, 0), 0.05)
    assert sum(face.area for face in faces) == pytest.approx(whole.area, rel=1e-9)
    inner = np.array([shapely.get_coordinates(shapely.point_on_surface(face))[0] for face in faces])
    held = depths.holds(index.nearest(inner[:, 0], inner[:, 1]))
    drawn = shapely.union_all([face for face, is_held in zip(faces, held, strict=True) if is_held])
    exact = derive_zone(line, 5_000.0, side).geometry  # type: ignore[arg-type]
    assert shapely.symmetric_difference(drawn, exact).area < 1e-4 * exact.area


@pytest.mark.parametrize("moved_m", [0.0, 0.4, 60.0])
def test_the_greatest_error_is_that_of_the_place_that_strays_furthest(moved_m: float) -> None:
    line = shapely.LineString([(36, 35), (36.1, 35.05), (36.2, 35.0), (36.1, 35.02)])
    index, depths, plane = LineIndex(line), Depths(4_000.0, 2_500.0), Plane(36.0, 0)
    drawn = derive_zone(line, left_depth_m=4_000.0, right_depth_m=2_500.0).geometry
    ring = plane.forward(shapely.get_coordinates(drawn))
    inward = np.array(drawn.centroid.coords[0]) - ring[7]
    ring[7] += inward / np.hypot(*inward) * moved_m / 111_000.0
    area = shapely.MultiPolygon([shapely.Polygon(ring)])
    # Every place of the boundary by itself, without leaving any out.
    each = strayed(index, depths, area, plane, 0.0)[1]
    assert measured_error(index, depths, area, plane) == pytest.approx(each.max(), rel=1e-12)
    assert each.max() >= 0.5 * moved_m
