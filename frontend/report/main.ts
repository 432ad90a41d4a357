import "leaflet/dist/leaflet.css";
import "./style/index.css";
import { startBoard } from "./board";
import { readPageData } from "./data";
import { startMap } from "./map";
import { isView, readState, View, writeState } from "./state";
import { startTable } from "./table";
import { startTimeline } from "./timeline";

const root = document.documentElement;
root.classList.replace("no-js", "js");
const data = readPageData();
const view = new View(readState(location.hash, data.snapshots));

startBoard(view, data);
startTable(view, data);
startTimeline(view, data);
startMap(view, data);

// Parts outside the chosen date are dimmed and hidden by the page's own style, from the checked radio.
view.onChange((state, changed) => {
  if (changed.has("at")) {
    const radio = document.querySelector<HTMLInputElement>(
      `input[name="at"][value="${CSS.escape(state.at)}"]`,
    );
    if (radio) radio.checked = true;
  }
});
view.start();

// Written only once the reader changed something, so that opening a page leaves its address alone.
view.onChange((state) => history.replaceState(null, "", writeState(state)));

window.addEventListener("hashchange", () => {
  if (isView(location.hash)) view.set(readState(location.hash, data.snapshots));
});

document.querySelector("form.dates")?.addEventListener("change", (event) => {
  const target = event.target as HTMLInputElement;
  if (target.name === "at") view.set({ at: target.value });
});

document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a.evidence-link");
  if (!link) return;
  event.preventDefault();
  view.set({ selected: [Number(link.dataset.n)] });
  showRow(Number(link.dataset.n));
});

function showRow(n: number): void {
  const row = document.getElementById(`ev-${n}`);
  if (!row) return;
  if (row.hidden) view.set({ search: "", family: "", source: "", real: false, counted: false });
  row.scrollIntoView({ block: "center" });
  row.focus({ preventScroll: true });
}

function step(by: number): void {
  const index = data.snapshots.indexOf(view.state.at) + by;
  const at = data.snapshots[index];
  if (at !== undefined) view.set({ at });
}

document.addEventListener("keydown", (event) => {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.matches("input:not([type=radio],[type=checkbox]), select, textarea")) return;
  if (event.key === "[") step(-1);
  else if (event.key === "]") step(1);
  else if (event.key === "Escape") view.set({ selected: [] });
  else if (event.key === "?") {
    const keys = document.getElementById("keys");
    keys?.setAttribute("tabindex", "-1");
    keys?.focus();
  }
});
