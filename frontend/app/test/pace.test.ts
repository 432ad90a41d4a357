import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ENOUGH, keepPace, SLOW_MS, STILL_MS } from "../src/map/pace";

/** A map that is moved by hand, with a screen whose frames come when the test says. */
function moved() {
  const told = new Map<string, () => void>();
  const ratios: number[] = [];
  let frames: ((now: number) => void)[] = [];
  let now = 1000;
  let moving = false;
  vi.stubGlobal("requestAnimationFrame", (act: (now: number) => void) => frames.push(act));
  vi.stubGlobal("cancelAnimationFrame", (id: number) => {
    frames[id - 1] = () => {};
  });
  vi.stubGlobal("devicePixelRatio", 2);
  const map = {
    on: (name: string, act: () => void) => told.set(name, act),
    off: (name: string) => told.delete(name),
    isMoving: () => moving,
    // As the library does it: a change of size is told as a movement where there is none.
    setPixelRatio: (ratio: number) => {
      ratios.push(ratio);
      if (!moving) for (const name of ["movestart", "moveend"]) told.get(name)?.();
    },
    redraw: () => {},
  };
  const stop = keepPace(map as never);
  return {
    ratios,
    stop,
    begin: () => {
      moving = true;
      told.get("movestart")?.();
    },
    end: () => {
      moving = false;
      told.get("moveend")?.();
    },
    frames: (count: number, ms: number) => {
      for (let at = 0; at < count; at += 1) {
        now += ms;
        const due = frames;
        frames = [];
        for (const act of due) act(now);
      }
    },
  };
}

describe("a map on a machine that draws slowly", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("is drawn with fewer pixels while it moves, and sharp once it stands", () => {
    const map = moved();
    map.begin();
    map.frames(ENOUGH + 1, SLOW_MS * 2);
    expect(map.ratios).toEqual([1]);
    map.end();
    vi.advanceTimersByTime(STILL_MS);
    expect(map.ratios).toEqual([1, 2]);
    // Known to be slow: fewer pixels from the first frame of the next movement on.
    map.begin();
    map.frames(1, SLOW_MS * 2);
    expect(map.ratios).toEqual([1, 2, 1]);
  });

  it("stays coarse while one movement follows another", () => {
    const map = moved();
    map.begin();
    map.frames(ENOUGH + 1, SLOW_MS * 2);
    map.end();
    vi.advanceTimersByTime(STILL_MS / 2);
    map.begin();
    vi.advanceTimersByTime(STILL_MS * 4);
    expect(map.ratios).toEqual([1]);
  });

  it("is left as it is where frames come in time, and where one of them is late", () => {
    const map = moved();
    map.begin();
    map.frames(40, 16);
    map.frames(1, SLOW_MS * 8);
    map.frames(40, 16);
    map.end();
    vi.advanceTimersByTime(STILL_MS * 4);
    expect(map.ratios).toEqual([]);
  });
});
