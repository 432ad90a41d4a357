import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { api, type Vocabulary } from "./api";

export const useVocabulary = (): Vocabulary | undefined =>
  useQuery({ queryKey: ["vocabulary"], queryFn: api.vocabulary, staleTime: Number.POSITIVE_INFINITY }).data;

/** What a kind of observation is called in the reader's language. */
export function useKindName(): (kind: string) => string {
  const { language } = useWords();
  const vocabulary = useVocabulary();
  return useCallback(
    (kind) =>
      nameIn(vocabulary?.kinds.find((one) => one.kind === kind)?.label, language) ||
      kind.replaceAll("_", " "),
    [vocabulary, language],
  );
}
