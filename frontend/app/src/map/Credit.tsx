import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { api } from "../server/api";
import { useWords } from "../words/Words";

/** Whom the ground of the map is owed to, always in sight beside it. */
export function Credit(): ReactNode {
  const { say, formats } = useWords();
  const basemap = useQuery({
    queryKey: ["basemap"],
    queryFn: api.basemap,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const credits = [...(basemap.data?.attribution ?? []), "Natural Earth"];
  return <p className="map-credit">{say("map-credit", { credits: formats.list(credits) })}</p>;
}
