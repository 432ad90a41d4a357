import { createExpression } from "@maplibre/maplibre-gl-style-spec";
import { describe, expect, it } from "vitest";
import { byMost, countOf, type Family } from "../src/map/many";

const NAMES = { military: "m", withdrawal: "w", access: "a", other: "o" } as const;

function evaluate(expression: unknown, properties: Record<string, unknown>): unknown {
  const made = createExpression(expression as never, "layers[0].paint.circle-color");
  if (made.result === "error") throw new Error(made.value.map((one) => one.message).join("; "));
  return made.value.evaluate({ zoom: 8 }, { type: "Point", properties } as never);
}

const cell = { count: 9, layer: "military", military: 5, access: 3, other: 1 };

describe("a cell of many reports", () => {
  it("counts those of the layers that are on", () => {
    expect(evaluate(countOf(["military", "withdrawal", "access", "other"]), cell)).toBe(9);
    expect(evaluate(countOf(["access", "other"]), cell)).toBe(4);
    expect(evaluate(countOf(["withdrawal"]), cell)).toBe(0);
  });

  it("has the colour of the layer with the most of those that are on", () => {
    const all: Family[] = ["military", "withdrawal", "access", "other"];
    expect(evaluate(byMost(all, NAMES), cell)).toBe("m");
    expect(evaluate(byMost(["withdrawal", "access", "other"], NAMES), cell)).toBe("a");
    expect(evaluate(byMost(["other"], NAMES), cell)).toBe("o");
    // Of those that tie the first one, as the server says it too.
    expect(evaluate(byMost(all, NAMES), { count: 4, access: 2, other: 2 })).toBe("a");
  });

  it("is beside reports that are told one by one, each of its own layer", () => {
    const one = { id: "obs-1", layer: "access" };
    expect(evaluate(countOf(["access", "other"]), one)).toBe(1);
    expect(evaluate(countOf(["military"]), one)).toBe(0);
    expect(evaluate(byMost(["military", "access", "other"], NAMES), one)).toBe("a");
  });
});
