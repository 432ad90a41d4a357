// One search over views, obligations, places and reports, in any script: Ctrl or Cmd with K.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue, useMemo, useState } from "react";
import { Autocomplete, Input, Menu, MenuItem, SearchField, useFilter } from "react-aria-components";
import type { ViewName } from "../address/address";
import { go, to } from "../address/useAddress";
import { plain } from "../board/order";
import { api } from "../server/api";
import type * as Schemas from "../server/schema";
import { useHere } from "../server/session";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { Modal } from "./Modal";

interface Found {
  id: string;
  text: string;
  more: string;
  kind: string;
  address: string;
}

const MOST = 12;

/** Where the map looks to show a place: at it, or at the whole of what is large. */
function lookAt({ lon, lat, bbox: [west, , east] }: Schemas.FoundPlace): string {
  const wide = Math.max(Math.abs(east - west), 0.02);
  const zoom = Math.min(11, Math.max(5, Math.log2(360 / wide) - 0.5));
  return `${lon}_${lat}_${Math.round(zoom * 10) / 10}`;
}

export function Palette({ views, close }: { views: readonly ViewName[]; close(): void }): ReactNode {
  const { say, language } = useWords();
  const { workspace } = useHere();
  const [asked, setAsked] = useState("");
  const { contains } = useFilter({ sensitivity: "base" });
  const places = useQuery({
    queryKey: ["basemap"],
    queryFn: api.basemap,
    staleTime: Number.POSITIVE_INFINITY,
  });
  // The server knows more places, and spellings; out of its reach the towns of the basemap are searched here.
  const words = useDeferredValue(asked.trim());
  const there = useQuery({
    queryKey: ["places", words, language],
    queryFn: () => api.findPlaces({ q: words, language, limit: MOST }),
    enabled: words.length > 1,
    staleTime: 300_000,
    placeholderData: keepPreviousData,
  });

  const all = useMemo<Found[]>(() => {
    const towns = (places.data?.towns.features ?? []).map((town): Found => {
      const names = (town.properties?.names ?? {}) as Record<string, string>;
      const at = town.geometry.type === "Point" ? town.geometry.coordinates : [0, 0];
      return {
        id: `place:${nameIn(names, "en")}`,
        text: nameIn(names, language),
        more: Object.values(names).join(" · "),
        kind: say("app-found-place"),
        address: to("map", "", { at: `${at[0]}_${at[1]}_11` }),
      };
    });
    return [
      ...views.map(
        (view): Found => ({
          id: view,
          text: say(`app-view-${view}`),
          more: "",
          kind: say("app-found-view"),
          address: to(view),
        }),
      ),
      ...workspace.provisions.map(
        (one): Found => ({
          id: one.id,
          text: nameIn(one.title, language) || one.id,
          more: `${one.id} ${typeof one.title === "object" && one.title ? Object.values(one.title).join(" ") : ""}`,
          kind: say(`kind-${one.kind}`),
          address: to("explain", one.id),
        }),
      ),
      ...(there.data ? [] : towns),
    ];
  }, [views, workspace, places.data, there.data, say, language]);

  const wanted = plain(asked.trim());
  const matching = all.filter(
    (one) => wanted === "" || plain(`${one.text} ${one.more}`).includes(wanted) || contains(one.text, asked),
  );
  const known = (there.data?.items ?? []).map(
    (one): Found => ({
      id: `place:${one.kind}:${one.id}`,
      text: one.name,
      more: "",
      kind: say(`app-found-${one.kind}`),
      address: to("map", "", { at: lookAt(one) }),
    }),
  );
  const found = [...matching.slice(0, known.length > 0 && wanted !== "" ? MOST / 2 : MOST), ...known].slice(
    0,
    MOST,
  );
  // Any identifier that is shown somewhere can be asked about.
  if (/^[a-z][\w:-]{5,}$/i.test(asked.trim()))
    found.push({
      id: `id:${asked}`,
      text: asked.trim(),
      more: "",
      kind: say("app-view-explain"),
      address: to("explain", asked.trim()),
    });

  return (
    <Modal title={say("app-search")} close={close}>
      <Autocomplete inputValue={asked} onInputChange={setAsked}>
        <SearchField autoFocus aria-label={say("app-search-hint")} className="palette-field">
          <Input placeholder={say("app-search-hint")} dir="auto" />
        </SearchField>
        <Menu
          className="palette-menu"
          aria-label={say("app-search")}
          items={found}
          renderEmptyState={() => <p className="state">{say("app-nothing-fits")}</p>}
          onAction={(id) => {
            const one = found.find((given) => given.id === id);
            if (one) go(one.address);
            close();
          }}
        >
          {(one) => (
            <MenuItem id={one.id} textValue={one.text} className="palette-item">
              <bdi>{one.text}</bdi>
              <span className="quiet-text">{one.kind}</span>
            </MenuItem>
          )}
        </Menu>
      </Autocomplete>
    </Modal>
  );
}
