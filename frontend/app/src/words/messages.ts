// The messages are those of src/truceline/locale, which the reports use as well: a word lives once. The server hands
// them out, so that the application as it is built does not change with a word.
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import type { Language } from "./languages";

export type Arguments = Record<string, FluentVariable>;
export type Say = (message: string, values?: Arguments) => string;

const DOMAINS = ["app", "calendar", "report"] as const;

export function bundleOf(language: Language, texts: readonly string[]): FluentBundle {
  // Names in Latin script stand inside Arabic sentences: each placeable is isolated there.
  const bundle = new FluentBundle(language, { useIsolating: language === "ar" });
  for (const text of texts) {
    const errors = bundle.addResource(new FluentResource(text));
    if (errors.length > 0) throw new Error(`messages of ${language}: ${errors[0]?.message}`);
  }
  return bundle;
}

async function textsOf(language: Language): Promise<string[]> {
  return Promise.all(
    DOMAINS.map(async (domain) => {
      const answer = await fetch(`/locale/${language}/${domain}.ftl`);
      if (!answer.ok) throw new Error(`the messages of ${language} cannot be read: HTTP ${answer.status}`);
      return answer.text();
    }),
  );
}

/** Says a message of the first bundle that has it; a message that nobody has is shown by its name. */
export function sayer(bundles: readonly FluentBundle[]): Say {
  return (message, values) => {
    for (const bundle of bundles) {
      const pattern = bundle.getMessage(message)?.value;
      if (pattern) return bundle.formatPattern(pattern, values, []);
    }
    return message;
  };
}

export async function loadSay(language: Language): Promise<Say> {
  const wanted: Language[] = language === "en" ? ["en"] : [language, "en"];
  const bundles = await Promise.all(wanted.map(async (one) => bundleOf(one, await textsOf(one))));
  return sayer(bundles);
}
