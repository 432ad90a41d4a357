import { useKept } from "../offline/useKept";
import { EMPTY, type Entry } from "./entry";

/** The entry being typed; kept in the browser as it is typed, until it is sent or thrown away. */
export function useDraft(owner: string): {
  entry: Entry;
  put(values: Partial<Entry>): void;
  clear(): void;
  savedAt: string | null;
} {
  const { values, ...rest } = useKept("incident", owner, EMPTY);
  return { entry: values, ...rest };
}
