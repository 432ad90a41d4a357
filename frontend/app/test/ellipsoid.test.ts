import { describe, expect, it } from "vitest";
import { alongGeodesic, area, circle, distance, length } from "../src/map/ellipsoid";

// Reference values: GeodSolve and Planimeter of GeographicLib (C++), WGS 84.
describe("measuring on the ellipsoid", () => {
  it("measures JFK to Heathrow as the example of GeodSolve does", () => {
    expect(distance([-73.8, 40.6], [-0.5, 51.6])).toBeCloseTo(5_551_759.4, 2);
  });

  it("measures a degree of the equator and of a meridian, which differ", () => {
    expect(distance([0, 0], [1, 0])).toBeCloseTo(111_319.491, 2);
    expect(distance([0, 0], [0, 1])).toBeCloseTo(110_574.389, 2);
  });

  it("measures Antarctica's outline as the example of Planimeter does", () => {
    const outline: [number, number][] = [
      [-58, -63.1],
      [-74, -72.9],
      [-102, -71.9],
      [-102, -74.9],
      [-131, -74.3],
      [-163, -77.5],
      [163, -77.4],
      [172, -71.7],
      [140, -65.9],
      [113, -65.7],
      [88, -66.6],
      [59, -66.9],
      [25, -69.8],
      [-4, -70.0],
      [-14, -71.0],
      [-33, -77.3],
      [-46, -77.9],
      [-61, -74.7],
    ];
    expect(area(outline) / 13_662_703_680_020.1).toBeCloseTo(1, 9);
    const [first] = outline;
    if (!first) throw new Error("no outline");
    expect(length([...outline, first])).toBeCloseTo(16_831_067.89, 0);
  });

  it("draws a circle all of whose places lie at its radius", () => {
    for (const [lon, lat] of circle([36.8, 35.4], 6000))
      expect(distance([36.8, 35.4], [lon, lat])).toBeCloseTo(6000, 3);
  });

  it("goes on beyond the antimeridian instead of jumping across the map", () => {
    for (const [lon] of circle([179.99, 10], 50_000)) expect(Math.abs(lon - 179.99)).toBeLessThan(2);
    for (const [lon] of alongGeodesic([179, 0], [-179, 0])) expect(Math.abs(lon - 179)).toBeLessThan(3);
  });
});
