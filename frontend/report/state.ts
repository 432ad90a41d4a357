// The whole view in the address: date, selection, open obligations, filters, layers, the map's place.
// Every key is declared here with how it is read and written; a key at its default is left out.

export interface ViewState {
  at: string;
  selected: number[];
  open: string[];
  search: string;
  family: string;
  source: string;
  real: boolean;
  counted: boolean;
  layersOff: string[];
  layersOn: string[];
  map: [lat: number, lon: number, zoom: number] | null;
}

const list = (text: string | null): string[] => (text ? text.split(",").filter(Boolean) : []);
const numbers = (text: string | null): number[] =>
  list(text)
    .map(Number)
    .filter((value) => Number.isInteger(value) && value > 0);

function mapPlace(text: string | null): ViewState["map"] {
  const [lat, lon, zoom] = list(text).map(Number);
  if (lat === undefined || lon === undefined || zoom === undefined) return null;
  if (![lat, lon, zoom].every(Number.isFinite)) return null;
  if (Math.abs(lat) > 85 || Math.abs(lon) > 180 || zoom < 1 || zoom > 18) return null;
  return [lat, lon, zoom];
}

// A hash without "=" is an ordinary link to a section, and says nothing about the view.
export function isView(hash: string): boolean {
  return hash.includes("=");
}

export function readState(hash: string, keys: string[]): ViewState {
  const given = new URLSearchParams(isView(hash) ? hash.replace(/^#/, "") : "");
  const at = given.get("at") ?? "";
  return {
    at: keys.includes(at) ? at : (keys.at(-1) ?? ""),
    selected: numbers(given.get("sel")),
    open: list(given.get("open")),
    search: given.get("q") ?? "",
    family: given.get("kind") ?? "",
    source: given.get("source") ?? "",
    real: given.get("real") === "1",
    counted: given.get("counted") === "1",
    layersOff: list(given.get("off")),
    layersOn: list(given.get("on")),
    map: mapPlace(given.get("map")),
  };
}

export function writeState(state: ViewState): string {
  const out = new URLSearchParams();
  out.set("at", state.at);
  const put = (key: string, text: string): void => {
    if (text) out.set(key, text);
  };
  put("sel", state.selected.join(","));
  put("open", state.open.join(","));
  put("q", state.search);
  put("kind", state.family);
  put("source", state.source);
  put("real", state.real ? "1" : "");
  put("counted", state.counted ? "1" : "");
  put("off", state.layersOff.join(","));
  put("on", state.layersOn.join(","));
  put("map", state.map ? `${state.map[0].toFixed(4)},${state.map[1].toFixed(4)},${state.map[2]}` : "");
  return `#${out.toString().replaceAll("%2C", ",")}`;
}

type Listener = (state: ViewState, changed: ReadonlySet<keyof ViewState>) => void;

export class View {
  private readonly listeners: Listener[] = [];

  constructor(public state: ViewState) {}

  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }

  set(change: Partial<ViewState>): void {
    const changed = new Set<keyof ViewState>();
    for (const key of Object.keys(change) as (keyof ViewState)[]) {
      if (JSON.stringify(change[key]) !== JSON.stringify(this.state[key])) changed.add(key);
    }
    if (changed.size === 0) return;
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener(this.state, changed);
  }

  // Everything draws itself from the state that the page was opened with.
  start(): void {
    const all = new Set(Object.keys(this.state) as (keyof ViewState)[]);
    for (const listener of this.listeners) listener(this.state, all);
  }
}
