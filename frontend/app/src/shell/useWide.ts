import { useSyncExternalStore } from "react";

const query = matchMedia("(min-width: 68rem)");

/** Whether there is room for two columns beside the navigation. */
export const useWide = (): boolean =>
  useSyncExternalStore(
    (tell) => {
      query.addEventListener("change", tell);
      return () => query.removeEventListener("change", tell);
    },
    () => query.matches,
  );
