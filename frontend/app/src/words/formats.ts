// Numbers and instants by locale. Instants are shown in the accord's time zone, which the head of the page names.
import type { Language } from "./languages";
import type { Say } from "./messages";

// Arabic with the month names of the Levant and the United Nations' manner; digits as the reports write them.
export const LOCALES: Record<Language, string> = {
  en: "en-GB",
  ar: "ar-SY-u-ca-gregory-nu-latn",
  ru: "ru",
  tr: "tr",
};

export interface Formats {
  day(instant: string | Date): string;
  shortDay(instant: string | Date): string;
  /** The last day of a deadline that ends with that instant: midnight belongs to the day before. */
  lastDay(instant: string | Date): string;
  time(instant: string | Date): string;
  moment(instant: string | Date): string;
  number(value: number, digits?: number): string;
  percent(value: number): string;
  /** A share that was counted or measured, which may be none or all. */
  share(value: number): string;
  km(metres: number): string;
  ago(instant: string | Date, now: Date): string;
  list(items: readonly string[]): string;
  /** The calendar day (YYYY-MM-DD) of an instant in the accord's time zone. */
  isoDay(instant: string | Date): string;
  compare(one: string, other: string): number;
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export function formatsOf(language: Language, timeZone: string, say: Say): Formats {
  const locale = LOCALES[language];
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone });
  const short = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone,
  });
  const time = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone,
  });
  const moment = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  });
  const iso = new Intl.DateTimeFormat("en-CA", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    timeZone,
  });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const order = new Intl.Collator(locale);
  const number = (value: number, digits = 0): string =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  return {
    day: (instant) => day.format(new Date(instant)),
    shortDay: (instant) => short.format(new Date(instant)),
    lastDay: (instant) => short.format(new Date(new Date(instant).getTime() - 1)),
    time: (instant) => time.format(new Date(instant)),
    moment: (instant) => moment.format(new Date(instant)),
    number,
    // Never 0% or 100%, which would claim certainty; the reports write it so as well.
    percent: (value) => {
      if (value > 0.99) return say("above", { figure: percent.format(0.99) });
      return value < 0.01 ? say("below", { figure: percent.format(0.01) }) : percent.format(value);
    },
    share: (value) => percent.format(value),
    km: (metres) => number(metres / 1000, metres < 10_000 ? 1 : 0),
    ago: (instant, now) => {
      const seconds = (new Date(instant).getTime() - now.getTime()) / 1000;
      const [unit, length] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ["minute", 60];
      return relative.format(Math.trunc(seconds / length), unit);
    },
    list: (items) => list.format(items),
    isoDay: (instant) => iso.format(new Date(instant)),
    compare: (one, other) => order.compare(one, other),
  };
}

/** Whole days from an instant to a deadline that ends with another; negative once it has passed. */
export function daysUntil(due: string | Date, from: string | Date): number {
  const difference = (new Date(due).getTime() - new Date(from).getTime()) / 86_400_000;
  return difference >= 0 ? Math.floor(difference) : -Math.ceil(-difference);
}
