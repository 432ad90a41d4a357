// The whole state of a view is its address: the path names the view (and one thing in it), every key of the
// query is declared here with the type that it is read and written as. What cannot be read is ignored.

export interface Key<T> {
  read(text: string): T | undefined;
  write(value: T): string;
  absent: T;
}

export const text = (): Key<string> => ({ read: (given) => given, write: (value) => value, absent: "" });

export const oneOf = <T extends string>(accepted: readonly T[], absent: T): Key<T> => ({
  read: (given) => accepted.find((one) => one === given),
  write: (value) => value,
  absent,
});

export const flag = (): Key<boolean> => ({
  read: (given) => (given === "1" ? true : undefined),
  write: (value) => (value ? "1" : ""),
  absent: false,
});

/** Words of the given ones (all words where none are given), in order, each once, joined by commas. */
export const list = (accepted?: readonly string[]): Key<readonly string[]> => ({
  read: (given) => {
    const words = [...new Set(given.split(",").filter((one) => one !== ""))];
    const known = accepted ? words.filter((one) => accepted.includes(one)) : words;
    return known.length > 0 ? known : undefined;
  },
  write: (value) => value.join(","),
  absent: [],
});

const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?Z)?$/;

/** A day (its end, in the accord's time zone) or an instant in UTC; the empty text stands for now. */
export const instant = (): Key<string> => ({
  read: (given) =>
    INSTANT.test(given) && !Number.isNaN(Date.parse(given)) && realDay(given) ? given : undefined,
  write: (value) => value,
  absent: "",
});

function realDay(given: string): boolean {
  const day = given.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) === day;
}

export const whole = (least: number, most: number, absent: number): Key<number> => ({
  read: (given) => {
    if (!/^-?\d{1,9}$/.test(given)) return undefined;
    const value = Number(given);
    return value >= least && value <= most ? value : undefined;
  },
  write: (value) => String(value),
  absent,
});

/** Where a map looks: longitude, latitude, zoom. */
export type Look = readonly [lon: number, lat: number, zoom: number];

export const look = (): Key<Look | null> => ({
  read: (given) => {
    const parts = given.split("_").map(Number);
    const [lon, lat, zoom] = parts;
    if (lon === undefined || lat === undefined || zoom === undefined || parts.length !== 3) return undefined;
    const fits = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22;
    return fits ? [lon, lat, zoom] : undefined;
  },
  write: (value) => (value ? `${round(value[0], 4)}_${round(value[1], 4)}_${round(value[2], 2)}` : ""),
  absent: null,
});

/** A path of places, `lon_lat` joined by commas. */
export const places = (): Key<readonly (readonly [number, number])[]> => ({
  read: (given) => {
    const all = given.split(",").map((one) => one.split("_").map(Number));
    const fit = all.every(
      ([lon, lat, ...rest]) =>
        lon !== undefined &&
        lat !== undefined &&
        rest.length === 0 &&
        Math.abs(lon) <= 180 &&
        Math.abs(lat) <= 90,
    );
    return fit && given !== "" ? all.map(([lon = 0, lat = 0]) => [lon, lat] as const) : undefined;
  },
  write: (value) => value.map(([lon, lat]) => `${round(lon, 5)}_${round(lat, 5)}`).join(","),
  absent: [],
});

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

export const VIEWS = [
  "board",
  "map",
  "timeline",
  "desk",
  "accord",
  "drafts",
  "designation",
  "cases",
  "effort",
  "explain",
  "exports",
  "log",
  "accounts",
] as const;
export type ViewName = (typeof VIEWS)[number];

/** Kept from view to view: the two times, the reading, the language. */
export const SHARED = {
  as_of: instant(),
  known_at: instant(),
  reading: text(),
  lang: oneOf(["", "en", "ar", "ru", "tr"] as const, ""),
} as const;

// biome-ignore lint/suspicious/noExplicitAny: a set of keys holds keys of any type; Values gives each its own
export type Keys = Readonly<Record<string, Key<any>>>;
export type Values<K extends Keys> = { [N in keyof K]: K[N] extends Key<infer T> ? T : never };

export function readKeys<K extends Keys>(keys: K, query: URLSearchParams): Values<K> {
  const values: Record<string, unknown> = {};
  for (const [name, key] of Object.entries(keys)) {
    const given = query.get(name);
    values[name] = (given === null ? undefined : key.read(given)) ?? key.absent;
  }
  return values as Values<K>;
}

/** The query with these values written into it; a value that is as if absent is left out. */
export function writeKeys<K extends Keys>(
  keys: K,
  query: URLSearchParams,
  values: Partial<Values<K>>,
): URLSearchParams {
  const written = new URLSearchParams(query);
  for (const [name, value] of Object.entries(values)) {
    const key = keys[name];
    if (!key) continue;
    const given = value === undefined ? "" : key.write(value);
    if (given === "" || given === key.write(key.absent)) written.delete(name);
    else written.set(name, given);
  }
  written.sort();
  return written;
}

export interface Place {
  view: ViewName;
  thing: string;
}

export function readPath(path: string): Place {
  const [view = "", ...rest] = path.replace(/^\/+/, "").split("/");
  const known = VIEWS.find((one) => one === view);
  return { view: known ?? "board", thing: known ? safeDecode(rest.join("/")) : "" };
}

function safeDecode(given: string): string {
  try {
    return decodeURIComponent(given);
  } catch {
    return "";
  }
}

export const writePath = ({ view, thing }: Place): string =>
  `/${view}${thing ? `/${thing.split("/").map(encodeURIComponent).join("/")}` : ""}`;

/** The address of a view that keeps the shared keys and takes the given ones. */
export function addressOf(place: Place, query: URLSearchParams, more: Record<string, string> = {}): string {
  const kept = new URLSearchParams();
  for (const name of Object.keys(SHARED)) {
    const value = query.get(name);
    if (value !== null) kept.set(name, value);
  }
  for (const [name, value] of Object.entries(more)) {
    if (value === "") kept.delete(name);
    else kept.set(name, value);
  }
  kept.sort();
  const asked = kept.toString();
  return writePath(place) + (asked ? `?${asked}` : "");
}
