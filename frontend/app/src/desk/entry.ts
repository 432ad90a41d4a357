// An entry as it is typed, and as it is sent: names and units as in an observation of the record.

export interface Entry {
  kind: string;
  day: string;
  time: string;
  lastDay: string;
  place: string;
  lon: string;
  lat: string;
  errorM: string;
  actor: string;
  target: string;
  count: string;
  report: string;
  manner: string;
  reliability: string;
  credibility: string;
  source: string;
  like: string;
}

export const EMPTY: Entry = {
  kind: "",
  day: "",
  time: "",
  lastDay: "",
  place: "",
  lon: "",
  lat: "",
  errorM: "500",
  actor: "",
  target: "",
  count: "",
  report: "",
  manner: "",
  reliability: "",
  credibility: "",
  source: "",
  like: "",
};

export const MANNERS = ["seen", "heard", "camera", "unmanned_aircraft", "satellite", "reported"] as const;

export type FaultOf = Partial<Record<keyof Entry, string>>;

const number = (text: string): number | null => {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() === "" || !Number.isFinite(value) ? null : value;
};

/** What is missing or wrong, as messages by field; the server has the last word. */
export function faultsOf(entry: Entry): FaultOf {
  const faults: FaultOf = {};
  if (entry.kind === "") faults.kind = "app-fault-kind";
  if (entry.day === "") faults.day = "app-fault-day";
  if (entry.lastDay !== "" && entry.lastDay < entry.day) faults.lastDay = "app-fault-last-day";
  if (entry.report.trim() === "") faults.report = "app-fault-report";
  const [lon, lat] = [number(entry.lon), number(entry.lat)];
  if ((lon === null) !== (lat === null)) faults.lon = "app-fault-place";
  if (lon !== null && Math.abs(lon) > 180) faults.lon = "app-fault-place";
  if (lat !== null && Math.abs(lat) > 90) faults.lat = "app-fault-place";
  if (lon !== null && !((number(entry.errorM) ?? 0) > 0)) faults.errorM = "app-fault-error";
  if (entry.count !== "" && !/^\d+$/.test(entry.count.trim())) faults.count = "app-fault-count";
  return faults;
}

const MINUTE = 60_000;

/** The instant at which a wall clock in that zone shows that day and time. */
export function instantOf(day: string, time: string, zone: string): Date {
  const naive = Date.parse(`${day}T${time || "00:00"}:00Z`);
  let guess = naive;
  // Twice, because the offset at the first guess may be that of the other side of a change of clocks.
  for (let round = 0; round < 2; round += 1) guess = naive - offsetOf(new Date(guess), zone);
  return new Date(guess);
}

function offsetOf(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(at);
  const part = (name: string): number => Number(parts.find((one) => one.type === name)?.value);
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
  return wall - Math.floor(at.getTime() / MINUTE) * MINUTE;
}

/** The entry as the server takes it. A day without a time is that whole day in the accord's time zone. */
export function bodyOf(entry: Entry, zone: string): Record<string, unknown> {
  const last = entry.lastDay === "" ? entry.day : entry.lastDay;
  const at = entry.time === "" ? null : instantOf(entry.day, entry.time, zone).toISOString();
  const occurred = { start: at ?? entry.day, end: at && last === entry.day ? at : last };
  const body: Record<string, unknown> = { kind: entry.kind, occurred };
  const [lon, lat] = [number(entry.lon), number(entry.lat)];
  if (lon !== null && lat !== null) {
    body.geometry = { type: "Point", coordinates: [lon, lat] };
    body.error_m = number(entry.errorM);
  }
  for (const [field, value] of [
    ["place", entry.place],
    ["report", entry.report],
    ["method", entry.manner],
    ["reliability", entry.reliability],
    ["source", entry.source],
  ] as const)
    if (value.trim() !== "") body[field] = value.trim();
  if (entry.actor !== "") body.actors = [entry.actor];
  if (entry.target !== "") body.targets = [entry.target];
  if (entry.count.trim() !== "") body.count = Number(entry.count);
  if (entry.credibility !== "") body.credibility = Number(entry.credibility);
  return body;
}
