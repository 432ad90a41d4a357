import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { list, oneOf } from "../address/address";
import { useKeys } from "../address/useAddress";
import { Outcome } from "../marks/Outcome";
import { api, type Orders } from "../server/api";
import { renew } from "../server/renew";
import { useHere } from "../server/session";
import { useWhen } from "../server/when";
import { LANGUAGES, OWN_NAMES } from "../words/languages";
import { useWords } from "../words/Words";
import { keepOrder } from "./own-orders";

const FORMATS = {
  data: ["gpkg", "geojson", "csv", "parquet", "zip"],
  report: ["html", "pdf", "docx"],
} as const;
const ONE_LAYER: readonly string[] = ["geojson", "csv", "parquet"];
const PERIODS = ["all", "day", "week", "month"] as const;
const EDITIONS = ["", "public", "parties", "internal"] as const;

const KEYS = {
  what: oneOf(["data", "report"] as const, "report"),
  format: oneOf(["", ...FORMATS.data, ...FORMATS.report] as const, ""),
  edition: oneOf(EDITIONS, ""),
  period: oneOf(PERIODS, "week"),
  words: oneOf(["", ...LANGUAGES] as const, ""),
  layers: list(),
} as const;

/** What is ordered. All of it is in the address; the two times and the reading are those of the head. */
export function OrderForm({ may }: { may: Orders }): ReactNode {
  const { say, formats, language } = useWords();
  const { session } = useHere();
  const when = useWhen();
  const client = useQueryClient();
  const [keys, put] = useKeys(KEYS);
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const accepted: readonly string[] = FORMATS[keys.what];
  const format = accepted.includes(keys.format) ? keys.format : (accepted[0] ?? "");
  const edition = may.editions.includes(keys.edition) ? keys.edition : (may.editions.at(-1) ?? "public");
  const there = may.layers[edition] ?? [];
  const single = ONE_LAYER.includes(format);
  const named = keys.layers.filter((one) => there.includes(one));
  const layers = single ? [named[0] ?? there[0] ?? ""] : named;

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    setFailed(null);
    setBusy(true);
    try {
      const made = await api.order({
        what: keys.what,
        format,
        edition,
        as_of: when.as_of || null,
        known_at: when.known_at || null,
        reading: when.reading || null,
        ...(keys.what === "data"
          ? { layers, standing: given.get("standing") === "on" }
          : {
              period: keys.period,
              language: keys.words || language,
              publish: given.get("publish") === "on",
            }),
      });
      if (!session.user) keepOrder(made.id);
      await renew(client, { queryKey: ["exports"] });
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className="card">
      <h2>{say("app-order-new")}</h2>
      <form className="form" onSubmit={submit}>
        <fieldset className="choices">
          <legend>{say("app-order-what")}</legend>
          {(["report", "data"] as const).map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="what"
                checked={keys.what === one}
                onChange={() => put({ what: one, format: "" })}
              />{" "}
              {say(`app-order-${one}`)}
            </label>
          ))}
        </fieldset>
        <div className="form-three">
          <label>
            {say("app-order-format")}
            <select
              value={format}
              onChange={(event) => put({ format: KEYS.format.read(event.target.value) ?? "" })}
            >
              {accepted.map((one) => (
                <option key={one} value={one}>
                  {say(`app-format-${one}`)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {say("app-order-edition")}
            <select
              value={edition}
              onChange={(event) => put({ edition: KEYS.edition.read(event.target.value) ?? "" })}
            >
              {may.editions.map((one) => (
                <option key={one} value={one}>
                  {say(`app-edition-${one}`)}
                </option>
              ))}
            </select>
          </label>
          {keys.what === "report" && (
            <>
              <label>
                {say("app-order-period")}
                <select
                  value={keys.period}
                  onChange={(event) => put({ period: KEYS.period.read(event.target.value) ?? "week" })}
                >
                  {PERIODS.map((one) => (
                    <option key={one} value={one}>
                      {say(`app-period-${one}`)}
                    </option>
                  ))}
                </select>
              </label>
              <label>
                {say("app-language")}
                <select
                  value={keys.words || language}
                  onChange={(event) => put({ words: KEYS.words.read(event.target.value) ?? "" })}
                >
                  {LANGUAGES.map((one) => (
                    <option key={one} value={one} lang={one}>
                      {OWN_NAMES[one]}
                    </option>
                  ))}
                </select>
              </label>
            </>
          )}
        </div>
        {keys.what === "data" && (
          <fieldset className="choices">
            <legend>{say("map-layers")}</legend>
            {there.map((one) => (
              <label key={one}>
                <input
                  type={single ? "radio" : "checkbox"}
                  name="layer"
                  checked={single ? layers[0] === one : named.length === 0 || named.includes(one)}
                  onChange={() => put({ layers: single ? [one] : toggled(named, one, there) })}
                />{" "}
                {say(`app-export-${one}`)}
              </label>
            ))}
          </fieldset>
        )}
        {keys.what === "data" && (
          <label className="check">
            <input type="checkbox" name="standing" /> {say("app-order-standing")}
          </label>
        )}
        <p className="quiet-text">
          {when.as_of
            ? say("app-order-as-of", { day: formats.day(`${when.as_of.slice(0, 10)}T12:00:00Z`) })
            : say("app-order-newest")}
          {when.known_at &&
            ` ${say("app-order-known-at", { day: formats.day(`${when.known_at.slice(0, 10)}T12:00:00Z`) })}`}
        </p>
        {keys.what === "report" && may.may_publish && (
          <label className="check">
            <input type="checkbox" name="publish" /> {say("app-order-publish")}
          </label>
        )}
        <Outcome failed={failed} />
        <div className="buttons">
          <button type="submit" className="primary" disabled={busy}>
            {say("app-order-make")}
          </button>
        </div>
      </form>
    </section>
  );
}

/** The layers once one was switched; all of them are as good as none named. */
function toggled(named: readonly string[], one: string, all: readonly string[]): string[] {
  const before = named.length === 0 ? all : named;
  const after = all.filter((layer) => (layer === one ? !before.includes(one) : before.includes(layer)));
  return after.length === all.length ? [] : after;
}
