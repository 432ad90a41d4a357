import { describe, expect, it } from "vitest";
import { likelihood } from "../src/marks/probability";
import { daysUntil, formatsOf } from "../src/words/formats";

const say = (message: string, values?: Record<string, unknown>): string =>
  `${message} ${String(values?.figure)}`;

describe("figures and days", () => {
  it("tells the last day of a deadline that ends at midnight in the accord's own zone", () => {
    const { lastDay } = formatsOf("en", "Asia/Damascus", say);
    expect(lastDay("2018-10-15T21:00:00Z")).toBe("15 Oct 2018");
  });

  it("never writes certainty", () => {
    const { percent } = formatsOf("en", "UTC", say);
    expect(percent(1)).toBe("above 99%");
    expect(percent(0)).toBe("below 1%");
    expect(percent(0.5)).toBe("50%");
  });

  it("uses the months of the Levant and the digits of the reports in Arabic", () => {
    expect(formatsOf("ar", "Asia/Damascus", say).day("2018-10-15T12:00:00Z")).toBe("15 تشرين الأول 2018");
  });

  it("writes days in Russian and Turkish", () => {
    expect(formatsOf("ru", "UTC", say).day("2018-10-15T12:00:00Z")).toBe("15 октября 2018 г.");
    expect(formatsOf("tr", "UTC", say).day("2018-10-15T12:00:00Z")).toBe("15 Ekim 2018");
  });

  it("counts whole days to a deadline and after it", () => {
    expect(daysUntil("2018-10-15T21:00:00Z", "2018-10-15T21:00:00Z")).toBe(0);
    expect(daysUntil("2018-10-15T21:00:00Z", "2018-10-12T20:00:00Z")).toBe(3);
    expect(daysUntil("2018-10-15T21:00:00Z", "2018-10-15T22:00:00Z")).toBe(-1);
  });

  it("says probabilities in the words of the IPCC's scale", () => {
    expect([0.995, 0.9, 0.66, 0.5, 0.2, 0.05, 0.001].map(likelihood)).toEqual([
      "likelihood-virtually-certain",
      "likelihood-very-likely",
      "likelihood-likely",
      "likelihood-even",
      "likelihood-unlikely",
      "likelihood-very-unlikely",
      "likelihood-exceptionally-unlikely",
    ]);
  });
});
