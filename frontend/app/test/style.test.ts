import { type StyleSpecification, validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import { describe, expect, it } from "vitest";
import { styleOf } from "../src/map/layers";
import { drawMany, FAMILIES } from "../src/map/many";
import type { Palette } from "../src/map/palette";

const colours = new Proxy({}, { get: () => "#123456" }) as Palette;

/** The style as it is after tiles of many reports were added to it. */
function whole(): StyleSpecification {
  const style = styleOf(colours) as unknown as StyleSpecification;
  const map = {
    getSource: (id: string) => style.sources[id],
    getLayer: (id: string) => style.layers.find((one) => one.id === id),
    removeLayer: () => {},
    addSource: (id: string, source: never) => Object.assign(style.sources, { [id]: source }),
    addLayer: (layer: never, before: string) =>
      style.layers.splice(
        style.layers.findIndex((one) => one.id === before),
        0,
        layer,
      ),
  };
  const asked = { tiles: "https://a/{z}/{y}/{x}", lat: 35, families: FAMILIES, synthetic: false };
  drawMany(map as never, asked, colours);
  return style;
}

describe("the style of the map, which the library is told not to check", () => {
  it("is one by the specification", () => {
    const style = whole();
    expect(style.layers.map((one) => one.id)).toContain("many-number");
    // Letters are drawn by the browser: no glyphs are fetched from anywhere.
    expect(validateStyleMin({ ...style, glyphs: "https://a/{fontstack}/{range}" })).toEqual([]);
  });
});
