import { useCallback, useMemo, useState } from "react";
import { useShared } from "../address/useAddress";
import type { Assessment, Obligation } from "../server/types";
import { type Change, changesSince, keepLook, lookOf, movedSince, readLook } from "./since";

export interface Looked {
  at: string | null;
  changes: readonly Change[];
  moved(one: Obligation): number;
  /** Whether the present is shown: of another date nothing has changed "since". */
  present: boolean;
  seen(): void;
}

export function useLook(owner: string, assessment: Assessment): Looked {
  const [shared] = useShared();
  const present = shared.as_of === "" && shared.known_at === "" && shared.reading === "";
  const [look, setLook] = useState(() => readLook(owner, assessment.accord));
  const seen = useCallback(() => {
    const made = lookOf(assessment.obligations, new Date().toISOString());
    keepLook(owner, assessment.accord, made);
    setLook(made);
  }, [owner, assessment]);
  return useMemo(() => {
    const kept = present ? look : null;
    // The first look is what later ones are compared with.
    if (present && !look) queueMicrotask(seen);
    return {
      at: kept?.at ?? null,
      changes: kept ? changesSince(kept, assessment.obligations) : [],
      moved: (one) => (kept ? movedSince(kept, one) : 0),
      present,
      seen,
    };
  }, [look, present, assessment, seen]);
}
