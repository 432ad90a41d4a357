import { Fragment, type ReactNode } from "react";
import { Sign } from "../marks/Sign";
import { Watched } from "../marks/Watched";
import { useVocabulary } from "../server/vocabulary";
import { useWhen } from "../server/when";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { DEPTHS, type LayerName } from "./layers";
import { SPANS } from "./MapView";
import { useInterval } from "./useMapData";

interface Given {
  open: boolean;
  isOn(name: LayerName): boolean;
  toggle(name: LayerName): void;
  span: (typeof SPANS)[number];
  setSpan(span: (typeof SPANS)[number]): void;
  kind: string;
  setKind(kind: string): void;
  shown: number;
  all: number;
}

const ROUTES = ["open", "partly_open", "closed", "unverified"] as const;
const GROUPS: readonly (readonly [string, readonly LayerName[]])[] = [
  ["app-legend-accord", ["zones", "depth", "lines", "routes"]],
  ["app-legend-reports", ["military", "withdrawal", "access", "other", "synthetic"]],
  ["app-legend-watch", ["sectors", "coverage", "unseen"]],
  ["app-legend-ground", ["towns", "districts"]],
];

export function Legend({ open, isOn, toggle, span, setSpan, kind, setKind, shown, all }: Given): ReactNode {
  const { say, formats, language } = useWords();
  const vocabulary = useVocabulary();
  const { known_at } = useWhen();
  const { datetime } = useInterval(span);
  return (
    <details className="legend" open={open}>
      <summary>{say("map-legend")}</summary>
      <div className="legend-body">
        <label className="legend-field">
          {say("app-span")}
          <select
            value={span}
            onChange={(event) => setSpan(SPANS.find((one) => one === event.target.value) ?? "90")}
          >
            {SPANS.map((one) => (
              <option key={one} value={one}>
                {one === "all" ? say("app-span-all") : say("app-span-days", { count: Number(one) })}
              </option>
            ))}
          </select>
        </label>
        <label className="legend-field">
          {say("evidence-kind")}
          <select value={kind} onChange={(event) => setKind(event.target.value)}>
            <option value="">{say("evidence-all")}</option>
            {vocabulary?.kinds.map((one) => (
              <option key={one.kind} value={one.kind}>
                {nameIn(one.label, language)}
              </option>
            ))}
          </select>
        </label>
        <p className="quiet-text" role="status">
          {say("evidence-showing", { shown: formats.number(shown), all: formats.number(all) })}{" "}
          <Watched datetime={datetime} known_at={known_at} synthetic={isOn("synthetic")} />
        </p>
        {GROUPS.map(([title, names]) => (
          <fieldset key={title}>
            <legend>{say(title)}</legend>
            {names.map((name) => (
              <Fragment key={name}>
                <label className="check">
                  <input type="checkbox" checked={isOn(name)} onChange={() => toggle(name)} />
                  <span className={`swatch swatch-${name}`} aria-hidden="true">
                    {["military", "withdrawal", "access", "other"].includes(name) && <Sign name={name} />}
                  </span>
                  {say(name === "unseen" ? "app-layer-unseen" : `layer-${name}`)}
                </label>
                {isOn(name) && <Key of={name} />}
              </Fragment>
            ))}
          </fieldset>
        ))}
        <p className="quiet-text">{say("app-legend-areas")}</p>
      </div>
    </details>
  );
}

/** What the parts of a layer look like, for those that have several. */
function Key({ of }: { of: LayerName }): ReactNode {
  const { say, formats } = useWords();
  const parts: readonly (readonly [string, string])[] =
    of === "depth"
      ? DEPTHS.map(
          (state) => [`swatch-depth swatch-depth-${state}`, say(`app-depth-state-${state}`)] as const,
        )
      : of === "routes"
        ? ROUTES.map((state) => [`swatch-route swatch-route-${state}`, say(`app-route-${state}`)] as const)
        : of === "coverage"
          ? (["0", "25", "75"] as const).map((share) => [
              `swatch-share-${share}`,
              share === "0"
                ? say("app-patrolled-none")
                : say("app-patrolled", { share: formats.share(Number(share) / 100) }),
            ])
          : [];
  if (parts.length === 0) return null;
  return (
    <ul className="legend-routes">
      {parts.map(([swatch, told]) => (
        <li key={swatch}>
          <span className={`swatch ${swatch}`} aria-hidden="true" />
          {told}
        </li>
      ))}
    </ul>
  );
}
