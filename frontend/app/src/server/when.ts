import { useMemo } from "react";
import { useShared } from "../address/useAddress";
import { useWords } from "../words/Words";

export interface WhenAsked {
  as_of: string;
  known_at: string;
  reading: string;
  language: string;
  [more: string]: string;
}

/** The two times, the reading and the language, as every read takes them. */
export function useWhen(): WhenAsked {
  const [{ as_of, known_at, reading }] = useShared();
  const { language } = useWords();
  return useMemo(() => ({ as_of, known_at, reading, language }), [as_of, known_at, reading, language]);
}
