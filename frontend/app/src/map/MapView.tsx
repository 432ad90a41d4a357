import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { flag, list, look, oneOf, places, text } from "../address/address";
import { useKeys } from "../address/useAddress";
import { Explain } from "../explain/Explain";
import { Failure, Loading } from "../marks/States";
import { api } from "../server/api";
import { useHere } from "../server/session";
import { useWhen } from "../server/when";
import { useWide } from "../shell/useWide";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { Credit } from "./Credit";
import { Chart, collection } from "./chart";
import { DepthPanel } from "./DepthPanel";
import { drawSeen, placeOf } from "./drawn";
import { DepthTable, SectorTable } from "./GroundTables";
import { Legend } from "./Legend";
import { LAYERS, type LayerName, OFF_BY_DEFAULT } from "./layers";
import { Measure, measureFeatures } from "./Measure";
import { FAMILIES } from "./many";
import { SeenTable } from "./SeenTable";
import { SectorNames } from "./sectors";
import { shareOf } from "./shares";
import { Towns } from "./towns";
import { UnseenTable } from "./UnseenTable";
import { useGround } from "./useGround";
import { NONE, useMapData } from "./useMapData";

export const SPANS = ["30", "90", "365", "all"] as const;

const KEYS = {
  at: look(),
  sel: text(),
  on: list(LAYERS),
  off: list(LAYERS),
  span: oneOf(SPANS, "90"),
  kind: text(),
  measure: places(),
  ruler: flag(),
  table: flag(),
  depth: text(),
} as const;

const FALLBACK: [number, number, number, number] = [-20, -40, 60, 60];

export default function MapView(): ReactNode {
  const { say, formats, language, direction } = useWords();
  const { workspace } = useHere();
  const [keys, put] = useKeys(KEYS);
  const when = useWhen();
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  const towns = useRef<Towns | null>(null);
  const sectors = useRef<SectorNames | null>(null);
  const latest = useRef({ put, keys });
  latest.current = { put, keys };
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const data = useMapData(keys.span, keys.kind, keys.table);
  const wide = useWide();
  const basemap = useQuery({
    queryKey: ["basemap"],
    queryFn: api.basemap,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const bounds = workspace.region ?? FALLBACK;
  const isOn = (name: LayerName): boolean =>
    OFF_BY_DEFAULT.includes(name) ? keys.on.includes(name) : !keys.off.includes(name);
  const ground = useGround(isOn, keys.span);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the map is made once for a language's direction
  useEffect(() => {
    if (!element.current) return;
    const made = new Chart(
      element.current,
      {
        bounds,
        look: latest.current.keys.at,
        words: {
          zoomIn: say("app-zoom-in"),
          zoomOut: say("app-zoom-out"),
          title: say("map-label"),
        },
      },
      {
        onLook: (at) => latest.current.put({ at }),
        onChoose: (ids) => {
          setChosen(ids);
          latest.current.put({ sel: ids[0] ?? "" });
        },
        onDepth: (depth) => latest.current.put({ depth }),
        onPlace: (place) => latest.current.put({ measure: [...latest.current.keys.measure, place] }),
      },
    );
    chart.current = made;
    towns.current = new Towns(made.map);
    sectors.current = new SectorNames(made.map);
    const theme = new MutationObserver(() => made.recolour());
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => {
      theme.disconnect();
      made.end();
      chart.current = null;
      towns.current = null;
      sectors.current = null;
    };
  }, [direction, language]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when the map was made anew
  useEffect(() => {
    if (!basemap.data) return;
    chart.current?.set("land", basemap.data.land);
    chart.current?.set("districts", basemap.data.districts);
    towns.current?.set(basemap.data.towns, language);
  }, [basemap.data, language, direction]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is on depends on these keys alone
  const drawn = useMemo(() => {
    const layers = LAYERS.filter(isOn);
    const seen = data.seen.filter(
      (one) =>
        layers.includes(one.layer) &&
        (!one.synthetic || layers.includes("synthetic")) &&
        (keys.kind === "" || one.kind === keys.kind),
    );
    return { seen, ...drawSeen(data.tiles ? [] : seen, data.asOf) };
  }, [data.seen, data.asOf, data.tiles, keys.on, keys.off, keys.kind]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when the map was made anew
  useEffect(() => {
    const made = chart.current;
    if (!made) return;
    for (const name of LAYERS) made.show(name, isOn(name));
    towns.current?.show(isOn("towns"));
    made.many(
      data.tiles === null
        ? null
        : {
            tiles: data.tiles,
            lat: (bounds[1] + bounds[3]) / 2,
            families: FAMILIES.filter(isOn),
            synthetic: isOn("synthetic"),
          },
    );
    made.set("seen-areas", drawn.areas);
    made.set("seen-marks", drawn.marks);
    made.set("zones", data.zones);
    made.set("lines", data.lines);
    made.set("routes", data.routes);
    const selected = drawn.areas.features.filter((one) =>
      String(one.properties?.ids).split(" ").includes(keys.sel),
    );
    made.set("selected", collection(selected));
  }, [drawn, data, keys.on, keys.off, keys.sel, direction, language]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when the map was made anew
  useEffect(() => {
    const made = chart.current;
    if (!made) return;
    made.set("depth", ground.depth);
    made.set("sectors", ground.sectors);
    made.set("unseen", ground.unseen);
    const named = isOn("sectors") || isOn("coverage");
    sectors.current?.set(named ? ground.sectors : NONE, (one) =>
      [nameIn(one.properties?.names, language) || String(one.id), shareOf(one, say, formats)].filter(Boolean),
    );
  }, [ground.depth, ground.sectors, ground.unseen, keys.on, keys.off, direction, language]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when the map was made anew
  useEffect(() => {
    chart.current?.take(keys.ruler);
    chart.current?.set("measure", measureFeatures(keys.measure));
  }, [keys.ruler, keys.measure, direction, language]);

  // Of what tiles hold, what is hidden does not count as shown either.
  const shown = data.tiles
    ? data.counts
        .filter((one) => isOn(one.layer))
        .reduce((sum, one) => sum + one.reported + (isOn("synthetic") ? one.invented : 0), 0)
    : drawn.seen.length;

  const depthZones = [...new Set(ground.depth.features.map((one) => String(one.properties?.zone)))];
  const zoneName = (id: string): string =>
    nameIn(data.zones.features.find((one) => one.id === id)?.properties?.names, language) || id;

  const toggle = (name: LayerName): void => {
    const byDefault = !OFF_BY_DEFAULT.includes(name);
    const on = isOn(name);
    const without = (names: readonly string[]): string[] => names.filter((other) => other !== name);
    put({
      off: on && byDefault ? [...keys.off, name] : without(keys.off),
      on: !on && !byDefault ? [...keys.on, name] : without(keys.on),
    });
  };

  return (
    <div className={keys.sel ? "map-view map-split" : "map-view"}>
      <h1 className="sr">{say("section-map")}</h1>
      <div className="map-frame">
        <div className="map-canvas" ref={element} />
        <Legend
          open={wide && keys.sel === ""}
          isOn={isOn}
          toggle={toggle}
          span={keys.span}
          setSpan={(span) => put({ span })}
          kind={keys.kind}
          setKind={(kind) => put({ kind })}
          shown={shown}
          all={data.total}
        />
        <div className="map-tools">
          <button type="button" onClick={() => chart.current?.whole(bounds)}>
            {say("map-reset")}
          </button>
          <button type="button" aria-pressed={keys.ruler} onClick={() => put({ ruler: !keys.ruler })}>
            {say("app-measure")}
          </button>
          {depthZones.map((id) => (
            <button
              key={id}
              type="button"
              aria-pressed={keys.depth === id}
              onClick={() => put({ depth: keys.depth === id ? "" : id })}
            >
              {depthZones.length === 1 ? say("app-depth") : say("app-depth-of", { zone: zoneName(id) })}
            </button>
          ))}
          <button type="button" aria-pressed={keys.table} onClick={() => put({ table: !keys.table })}>
            {say("app-as-table")}
          </button>
        </div>
        {keys.ruler && (
          <Measure
            path={keys.measure}
            put={(measure) => put({ measure })}
            centre={() => chart.current?.centre() ?? [0, 0]}
            close={() => put({ ruler: false, measure: [] })}
          />
        )}
        {data.pending && (
          <div className="map-state">
            <Loading />
          </div>
        )}
        {data.error !== null && (
          <div className="map-state">
            <Failure error={data.error} />
          </div>
        )}
      </div>
      <Credit />
      {keys.sel && (
        <aside className="map-side" aria-label={say("app-view-explain")}>
          {chosen.length > 1 && chosen.includes(keys.sel) && (
            <nav className="chosen" aria-label={say("map-group", { count: chosen.length })}>
              {chosen.map((id, at) => (
                <button
                  key={id}
                  type="button"
                  aria-pressed={id === keys.sel}
                  onClick={() => put({ sel: id })}
                >
                  {at + 1}
                </button>
              ))}
            </nav>
          )}
          <Explain id={keys.sel} close={() => put({ sel: "" })} />
        </aside>
      )}
      {keys.depth && (
        <DepthPanel
          zone={keys.depth}
          name={zoneName(keys.depth)}
          close={() => put({ depth: "" })}
          show={(place) =>
            chart.current?.set(
              "station",
              place
                ? collection([
                    { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [...place] } },
                  ])
                : NONE,
            )
          }
        />
      )}
      {keys.table && <DepthTable depth={ground.depth} open={(depth) => put({ depth })} />}
      {keys.table && (isOn("sectors") || isOn("coverage")) && <SectorTable sectors={ground.sectors} />}
      {keys.table && isOn("unseen") && (
        <UnseenTable ground={ground.unseen} towns={basemap.data?.towns ?? NONE} />
      )}
      {keys.table && (
        <SeenTable
          seen={drawn.seen}
          all={shown}
          choose={(one) => {
            put({ sel: one.id });
            const placed = placeOf(one);
            if (placed) chart.current?.go(placed.lon, placed.lat, 9);
          }}
        />
      )}
      <p className="print-only">{when.as_of}</p>
    </div>
  );
}
