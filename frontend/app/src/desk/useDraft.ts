import { useCallback, useEffect, useRef, useState } from "react";
import { dropDraft, readDraft, saveDraft } from "../offline/kept";
import { EMPTY, type Entry } from "./entry";

const NAME = "incident";
const AFTER_MS = 400;

/** The entry being typed; kept in the browser as it is typed, until it is sent or thrown away. */
export function useDraft(owner: string): {
  entry: Entry;
  put(values: Partial<Entry>): void;
  clear(): void;
  savedAt: string | null;
} {
  const [entry, setEntry] = useState<Entry>(EMPTY);
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const touched = useRef(false);

  useEffect(() => {
    readDraft(NAME, owner).then((draft) => {
      if (!draft || touched.current) return;
      setEntry({ ...EMPTY, ...(draft.values as Partial<Entry>) });
      setSavedAt(draft.savedAt);
    });
  }, [owner]);

  useEffect(() => {
    if (!touched.current) return;
    const timer = setTimeout(() => {
      void saveDraft(NAME, owner, entry).then(() => setSavedAt(new Date().toISOString()));
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, [entry, owner]);

  const put = useCallback((values: Partial<Entry>) => {
    touched.current = true;
    setEntry((before) => ({ ...before, ...values }));
  }, []);
  const clear = useCallback(() => {
    touched.current = false;
    setEntry(EMPTY);
    setSavedAt(null);
    void dropDraft(NAME, owner);
  }, [owner]);
  return { entry, put, clear, savedAt };
}
