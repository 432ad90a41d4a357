import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { useShared } from "../address/useAddress";
import { type Formats, formatsOf } from "./formats";
import { directionOf, type Language, languageOf } from "./languages";
import { loadSay, type Say } from "./messages";

export interface Words {
  language: Language;
  direction: "ltr" | "rtl";
  say: Say;
  formats: Formats;
  timeZone: string;
  setTimeZone(zone: string): void;
  choose(language: Language): void;
}

const Context = createContext<Words | null>(null);
const KEPT = "truceline.language";

export function useWords(): Words {
  const words = useContext(Context);
  if (!words) throw new Error("words are used outside of their provider");
  return words;
}

const preferred = (): Language =>
  languageOf(localStorage.getItem(KEPT)) ?? navigator.languages.map(languageOf).find((one) => one) ?? "en";

export function WordsProvider({ children }: { children: ReactNode }): ReactNode {
  const [shared, put] = useShared();
  const language = shared.lang === "" ? preferred() : shared.lang;
  const [timeZone, setTimeZone] = useState("UTC");
  const [loaded, setLoaded] = useState<{ language: Language; say: Say } | null>(null);

  useEffect(() => {
    let wanted = true;
    loadSay(language).then((say) => {
      if (wanted) setLoaded({ language, say });
    });
    return () => {
      wanted = false;
    };
  }, [language]);

  useEffect(() => {
    if (!loaded) return;
    document.documentElement.lang = loaded.language;
    document.documentElement.dir = directionOf(loaded.language);
  }, [loaded]);

  const words = useMemo<Words | null>(
    () =>
      loaded && {
        ...loaded,
        direction: directionOf(loaded.language),
        formats: formatsOf(loaded.language, timeZone, loaded.say),
        timeZone,
        setTimeZone,
        choose: (chosen) => {
          localStorage.setItem(KEPT, chosen);
          put({ lang: chosen });
        },
      },
    [loaded, timeZone, put],
  );

  if (!words) return null;
  return (
    <I18nProvider locale={words.language}>
      <Context.Provider value={words}>{children}</Context.Provider>
    </I18nProvider>
  );
}
