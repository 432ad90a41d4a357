// The map's colours are those of the page (style/colours.css), read when the theme is set.
const NAMES = [
  "water", "land", "border", "district", "zone", "line", "route-open", "route-partly", "route-closed",
  "route-unverified", "casing", "military", "withdrawal", "access", "other", "synthetic", "measure",
  "unseen", "select-ring", "ink", "effort", "depth-within", "depth-limited", "depth-short", "depth-over",
] as const; // biome-ignore format: a table
export type Colour = (typeof NAMES)[number];
export type Palette = Record<Colour, string>;

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(
    NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim() || "#888"]),
  ) as Palette;
}
