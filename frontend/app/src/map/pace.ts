// Without a graphics card the map is drawn by the main processor, and costs by the pixel. Where frames come late while
// it moves it is drawn with half as many pixels each way, and sharp again as soon as it stands still.
import type { Map as LibreMap } from "maplibre-gl";

type Paced = Pick<LibreMap, "on" | "off" | "isMoving" | "setPixelRatio" | "redraw">;

export const SLOW_MS = 55;
export const ENOUGH = 6;
export const STILL_MS = 250;
const SHARE = 0.5;

/** Watches how late frames come while the map moves; returns how to stop that. */
export function keepPace(map: Paced): () => void {
  let slow = false;
  let coarse = false;
  let changing = false;
  let frame = 0;
  let still: ReturnType<typeof setTimeout> | undefined;
  const late: number[] = [];

  // A change of the ratio empties the canvas: it is drawn again in the same turn.
  const draw = (fewer: boolean): void => {
    if (coarse === fewer) return;
    coarse = fewer;
    changing = true;
    map.setPixelRatio(devicePixelRatio * (fewer ? SHARE : 1));
    map.redraw();
    changing = false;
  };
  const step = (before: number, now: number): void => {
    if (!map.isMoving()) return;
    if (before > 0) late.push(now - before);
    if (late.length > ENOUGH) late.shift();
    const middle = [...late].sort((one, other) => one - other)[ENOUGH / 2] ?? 0;
    slow ||= late.length === ENOUGH && middle > SLOW_MS;
    if (slow) draw(true);
    else frame = requestAnimationFrame((next) => step(now, next));
  };
  const onStart = (): void => {
    if (changing) return;
    clearTimeout(still);
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame((now) => step(0, now));
  };
  const onEnd = (): void => {
    if (changing) return;
    clearTimeout(still);
    still = setTimeout(() => {
      if (!map.isMoving()) draw(false);
    }, STILL_MS);
  };
  map.on("movestart", onStart);
  map.on("moveend", onEnd);
  return () => {
    clearTimeout(still);
    cancelAnimationFrame(frame);
    map.off("movestart", onStart);
    map.off("moveend", onEnd);
  };
}
