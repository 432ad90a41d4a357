export const LANGUAGES = ["en", "ar", "ru", "tr"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language's own name for itself. */
export const OWN_NAMES: Record<Language, string> = {
  en: "English",
  ar: "العربية",
  ru: "Русский",
  tr: "Türkçe",
};

export const directionOf = (language: Language): "ltr" | "rtl" => (language === "ar" ? "rtl" : "ltr");

export function languageOf(given: string | null | undefined): Language | undefined {
  const code = given?.toLowerCase().split("-")[0];
  return LANGUAGES.find((one) => one === code);
}

/** A name of the accord in this language, else in English, else the first there is. */
export function nameIn(
  names: Record<string, string> | string | null | undefined,
  language: Language,
): string {
  if (!names) return "";
  if (typeof names === "string") return names;
  return names[language] ?? names.en ?? Object.values(names)[0] ?? "";
}
