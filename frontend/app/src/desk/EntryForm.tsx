import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react";
import { to } from "../address/useAddress";
import { DayField, HourField } from "../marks/DayField";
import { sendOrWait } from "../offline/queue";
import { api, paths } from "../server/api";
import { renew } from "../server/renew";
import { useHere } from "../server/session";
import { useVocabulary } from "../server/vocabulary";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { bodyOf, type Entry, type FaultOf, faultsOf, MANNERS } from "./entry";
import { CREDIBILITIES, RELIABILITIES } from "./ReportActions";
import { Similar } from "./Similar";
import { useDraft } from "./useDraft";

interface Given {
  like: string;
  map(place: {
    lon: number | null;
    lat: number | null;
    errorM: number;
    put(lon: number, lat: number): void;
  }): ReactNode;
}

const asNumber = (text: string): number | null =>
  text.trim() === "" || Number.isNaN(Number(text)) ? null : Number(text);

export function EntryForm({ like, map }: Given): ReactNode {
  const { say, formats, language, timeZone } = useWords();
  const { workspace, owner, session } = useHere();
  const client = useQueryClient();
  const vocabulary = useVocabulary();
  const { entry, put, clear, savedAt } = useDraft(owner);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<{ text: string; id: string | null } | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const faults: FaultOf = tried ? faultsOf(entry) : {};
  const basemap = useQuery({
    queryKey: ["basemap"],
    queryFn: api.basemap,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const towns = useMemo(
    () =>
      (basemap.data?.towns.features ?? []).flatMap((town) => {
        const names = (town.properties?.names ?? {}) as Record<string, string>;
        const at = town.geometry.type === "Point" ? town.geometry.coordinates : null;
        return at ? Object.values(names).map((name) => ({ name, lon: at[0] ?? 0, lat: at[1] ?? 0 })) : [];
      }),
    [basemap.data],
  );
  const listId = useId();

  // Another source's report of the same incident begins with what is known of it; the words are one's own.
  useEffect(() => {
    if (!like) return;
    let here = true;
    api.explain(like, {}).then((explained) => {
      if (!here || explained.type !== "observation" || !("observation" in explained)) return;
      const seen = explained.observation as Entry & Record<string, unknown>;
      put({
        like,
        kind: String(seen.kind),
        day: formats.isoDay(String(seen.occurred_from)),
        place: String(seen.place ?? ""),
        lon: seen.lon === null || seen.lon === undefined ? "" : String(seen.lon),
        lat: seen.lat === null || seen.lat === undefined ? "" : String(seen.lat),
      });
    });
    return () => {
      here = false;
    };
  }, [like, put, formats]);

  const field = (
    name: keyof Entry,
  ): { value: string; onChange(event: { target: { value: string } }): void } & Record<string, unknown> => ({
    name,
    value: entry[name],
    onChange: (event) => put({ [name]: event.target.value }),
    ...(faults[name] ? { "aria-invalid": true, "aria-describedby": `${listId}-${name}` } : {}),
  });
  const fault = (name: keyof Entry): ReactNode =>
    faults[name] && (
      <span className="form-error" id={`${listId}-${name}`}>
        {say(faults[name])}
      </span>
    );

  const dated = (name: "day" | "time" | "lastDay") => ({
    name,
    value: entry[name],
    change: (value: string) => put({ [name]: value }),
    fault: fault(name),
    describedBy: faults[name] ? `${listId}-${name}` : undefined,
  });

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    setTold(null);
    setFailed(null);
    if (Object.keys(faultsOf(entry)).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    setBusy(true);
    try {
      const sent = await sendOrWait<{ id: string }>(owner, paths.observations, bodyOf(entry, timeZone));
      setTold(
        sent.state === "arrived"
          ? { text: say("app-recorded-now"), id: sent.answer.id }
          : { text: say("app-kept-until-online"), id: null },
      );
      setTried(false);
      clear();
      await renew(client);
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="form" onSubmit={submit} noValidate ref={form}>
      {entry.like && <p className="note">{say("app-corroborating", { id: entry.like })}</p>}
      <label>
        {say("app-kind-of-incident")}
        <select required {...field("kind")}>
          <option value="">{say("app-choose")}</option>
          {[...new Set(vocabulary?.kinds.map((one) => one.family))].map((family) => (
            <optgroup key={family} label={say(`lane-${family}`)}>
              {vocabulary?.kinds
                .filter((one) => one.family === family)
                .map((one) => (
                  <option key={one.kind} value={one.kind}>
                    {nameIn(one.label, language)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
        {fault("kind")}
      </label>
      <div className="form-three">
        <DayField label={say("app-day")} required {...dated("day")} />
        <HourField label={say("app-time")} {...dated("time")} />
        <DayField label={say("app-last-day")} {...dated("lastDay")} />
      </div>
      <p className="quiet-text">{say("app-zone-hint", { zone: timeZone })}</p>
      <label>
        {say("app-report-words")}
        <textarea required rows={3} dir="auto" {...field("report")} />
        {fault("report")}
      </label>
      <Similar entry={entry} />
      <fieldset>
        <legend>{say("col-where")}</legend>
        <label>
          {say("app-place")}
          <input
            list={listId}
            dir="auto"
            autoComplete="off"
            {...field("place")}
            onChange={(event) => {
              const town = towns.find((one) => one.name === event.target.value);
              put({
                place: event.target.value,
                ...(town ? { lon: String(town.lon), lat: String(town.lat), errorM: "2000" } : {}),
              });
            }}
          />
          <datalist id={listId}>
            {towns.map((one) => (
              <option key={`${one.name}${one.lon}`} value={one.name} />
            ))}
          </datalist>
        </label>
        {map({
          lon: asNumber(entry.lon),
          lat: asNumber(entry.lat),
          errorM: asNumber(entry.errorM) ?? 500,
          put: (lon, lat) => put({ lon: lon.toFixed(5), lat: lat.toFixed(5) }),
        })}
        <p className="quiet-text">{say("app-place-hint")}</p>
        <div className="form-three">
          <label>
            {say("app-lon")}
            <input inputMode="decimal" dir="ltr" {...field("lon")} />
            {fault("lon")}
          </label>
          <label>
            {say("app-lat")}
            <input inputMode="decimal" dir="ltr" {...field("lat")} />
            {fault("lat")}
          </label>
          <label>
            {say("app-error-m")}
            <input type="number" min={1} max={500000} {...field("errorM")} />
            {fault("errorM")}
          </label>
        </div>
      </fieldset>
      <fieldset>
        <legend>{say("app-who-and-how")}</legend>
        <div className="form-pair">
          {(["actor", "target"] as const).map((name) => (
            <label key={name}>
              {say(name === "actor" ? "app-actor" : "app-target")}
              <select {...field(name)}>
                <option value="">{say("unknown")}</option>
                {workspace.parties.map((one) => (
                  <option key={one.id} value={one.id}>
                    {nameIn(one.names, language)}
                  </option>
                ))}
              </select>
            </label>
          ))}
          <label>
            {say("app-count")}
            <input inputMode="numeric" dir="ltr" {...field("count")} />
            {fault("count")}
          </label>
          {session.role !== "liaison" && (
            <label>
              {say("app-source")}
              <input dir="auto" placeholder={say("app-source-hint")} {...field("source")} />
            </label>
          )}
          <label>
            {say("app-manner")}
            <select {...field("manner")}>
              <option value="">–</option>
              {MANNERS.map((one) => (
                <option key={one} value={one}>
                  {say(`app-manner-${one}`)}
                </option>
              ))}
            </select>
          </label>
          {session.role !== "liaison" && (
            <>
              <label>
                {say("app-reliability")}
                <select {...field("reliability")}>
                  <option value="">–</option>
                  {RELIABILITIES.map((one) => (
                    <option key={one} value={one}>
                      {one} – {say(`app-reliability-${one}`)}
                    </option>
                  ))}
                </select>
              </label>
              <label>
                {say("app-credibility")}
                <select {...field("credibility")}>
                  <option value="">–</option>
                  {CREDIBILITIES.map((one) => (
                    <option key={one} value={one}>
                      {one} – {say(`app-credibility-${one}`)}
                    </option>
                  ))}
                </select>
              </label>
            </>
          )}
        </div>
      </fieldset>
      {failed && (
        <p className="form-error" role="alert">
          {failed}
        </p>
      )}
      {told && (
        <p className="told" role="status">
          {told.text} {told.id && <a href={to("explain", told.id)}>{say("app-open")}</a>}
        </p>
      )}
      <div className="buttons">
        <button type="submit" className="primary" disabled={busy}>
          {say("app-record")}
        </button>
        <button type="button" onClick={clear}>
          {say("app-throw-away")}
        </button>
        {savedAt && (
          <span className="quiet-text">{say("app-draft-kept", { time: formats.time(savedAt) })}</span>
        )}
      </div>
    </form>
  );
}
