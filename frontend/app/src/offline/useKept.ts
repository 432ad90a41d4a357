import { useCallback, useEffect, useRef, useState } from "react";
import { dropDraft, readDraft, saveDraft } from "./kept";

const AFTER_MS = 400;

/** What is being typed into a form; kept in the browser as it is typed, until it is sent or thrown away. */
export function useKept<T extends object>(
  name: string,
  owner: string,
  empty: T,
): { values: T; put(values: Partial<T>): void; clear(): void; savedAt: string | null } {
  const [values, setValues] = useState<T>(empty);
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const touched = useRef(false);
  const first = useRef(empty);

  useEffect(() => {
    readDraft(name, owner).then((draft) => {
      if (!draft || touched.current) return;
      setValues({ ...first.current, ...(draft.values as Partial<T>) });
      setSavedAt(draft.savedAt);
    });
  }, [name, owner]);

  useEffect(() => {
    if (!touched.current) return;
    const timer = setTimeout(() => {
      void saveDraft(name, owner, values).then(() => setSavedAt(new Date().toISOString()));
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, [values, name, owner]);

  const put = useCallback((given: Partial<T>) => {
    touched.current = true;
    setValues((before) => ({ ...before, ...given }));
  }, []);
  const clear = useCallback(() => {
    touched.current = false;
    setValues(first.current);
    setSavedAt(null);
    void dropDraft(name, owner);
  }, [name, owner]);
  return { values, put, clear, savedAt };
}
