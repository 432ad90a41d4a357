import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { FluentResource } from "@fluent/bundle";
import { describe, expect, it } from "vitest";
import { LANGUAGES, type Language } from "../src/words/languages";
import { bundleOf, sayer } from "../src/words/messages";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const DOMAINS = ["app", "calendar", "report"];
const text = (language: Language, domain: string): string =>
  readFileSync(here(`../../../src/truceline/locale/${language}/${domain}.ftl`), "utf8");
const idsOf = (language: Language, domain: string): string[] =>
  new FluentResource(text(language, domain)).body.map(({ id }) => id);

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(`${folder}/${name}`, "utf8"));
}

describe("the words of the application", () => {
  it("has every message that a view says by its whole name", () => {
    const known = new Set(DOMAINS.flatMap((domain) => idsOf("en", domain)));
    const said = new Set(
      sources(here("../src")).flatMap((source) => [
        ...[...source.matchAll(/say\(\s*"([a-zA-Z0-9_-]+)"/g)].map((match) => match[1] ?? ""),
        ...[...source.matchAll(/"(app-(?!role=)[a-zA-Z0-9_-]+)"/g)].map((match) => match[1] ?? ""),
      ]),
    );
    expect([...said].filter((id) => !known.has(id))).toEqual([]);
  });

  it("has no message of its own that nothing says", () => {
    const all = sources(here("../src")).join("\n");
    const prefixes = [...all.matchAll(/`(app-[a-zA-Z0-9_-]*)\$\{/g)].map((match) => match[1] ?? "");
    const unsaid = idsOf("en", "app").filter(
      (id) => !all.includes(`"${id}"`) && !prefixes.some((one) => id.startsWith(one)),
    );
    expect(unsaid).toEqual([]);
  });

  it("says no word of its own that the reports say already", () => {
    const others = new Set(DOMAINS.filter((one) => one !== "app").flatMap((domain) => idsOf("en", domain)));
    expect(idsOf("en", "app").filter((id) => others.has(id))).toEqual([]);
  });

  it.each(LANGUAGES)("has every message in %s", (language) => {
    expect(idsOf(language, "app").sort()).toEqual(idsOf("en", "app").sort());
  });

  it.each([
    [0, "لا قيود تنتظر الإرسال"],
    [1, "قيد واحد ينتظر الإرسال"],
    [2, "قيدان ينتظران الإرسال"],
    [3, "قيود تنتظر الإرسال"],
    [11, "قيداً ينتظر الإرسال"],
    [100, "قيد ينتظر الإرسال"],
  ])("counts %i in Arabic with the form that belongs to it", (count, form) => {
    const say = sayer([
      bundleOf(
        "ar",
        DOMAINS.map((domain) => text("ar", domain)),
      ),
    ]);
    expect(say("app-waiting", { count })).toContain(form);
  });

  it.each([
    [1, "запись ждёт"],
    [3, "записи ждут"],
    [5, "записей ждут"],
    [21, "запись ждёт"],
  ])("counts %i in Russian with the form that belongs to it", (count, form) => {
    const say = sayer([
      bundleOf(
        "ru",
        DOMAINS.map((domain) => text("ru", domain)),
      ),
    ]);
    expect(say("app-waiting", { count })).toContain(form);
  });
});
