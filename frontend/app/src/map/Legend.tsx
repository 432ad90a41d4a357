import type { ReactNode } from "react";
import { Sign } from "../marks/Sign";
import { useVocabulary } from "../server/vocabulary";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import type { LayerName } from "./layers";
import { SPANS } from "./MapView";

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
  ["app-legend-accord", ["zones", "lines", "routes"]],
  ["app-legend-reports", ["military", "withdrawal", "access", "other", "synthetic"]],
  ["app-legend-ground", ["towns", "districts", "unseen"]],
];

export function Legend({ open, isOn, toggle, span, setSpan, kind, setKind, shown, all }: Given): ReactNode {
  const { say, formats, language } = useWords();
  const vocabulary = useVocabulary();
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
          {say("evidence-showing", { shown: formats.number(shown), all: formats.number(all) })}
        </p>
        {GROUPS.map(([title, names]) => (
          <fieldset key={title}>
            <legend>{say(title)}</legend>
            {names.map((name) => (
              <label key={name} className="check">
                <input type="checkbox" checked={isOn(name)} onChange={() => toggle(name)} />
                <span className={`swatch swatch-${name}`} aria-hidden="true">
                  {["military", "withdrawal", "access", "other"].includes(name) && <Sign name={name} />}
                </span>
                {say(name === "unseen" ? "app-layer-unseen" : `layer-${name}`)}
              </label>
            ))}
            {title === "app-legend-accord" && isOn("routes") && (
              <ul className="legend-routes">
                {ROUTES.map((status) => (
                  <li key={status}>
                    <span className={`swatch swatch-route swatch-route-${status}`} aria-hidden="true" />
                    {say(`app-route-${status}`)}
                  </li>
                ))}
              </ul>
            )}
          </fieldset>
        ))}
        <p className="quiet-text">{say("app-legend-areas")}</p>
      </div>
    </details>
  );
}
