// The evidence table: filters, and the selection shared with map and timeline.
import { fill, type PageData } from "./data";
import type { View, ViewState } from "./state";

export function startTable(view: View, data: PageData): void {
  const form = document.getElementById("filters") as HTMLFormElement | null;
  if (!form) return;
  const count = document.getElementById("shown-count");
  const none = document.getElementById("no-rows");
  const rows = data.rows.map((row) => ({
    row,
    element: document.getElementById(`ev-${row.n}`) as HTMLTableRowElement,
  }));
  const texts = new Map(rows.map(({ row, element }) => [row.n, (element.textContent ?? "").toLowerCase()]));
  const field = <T extends HTMLElement>(name: string): T => form.elements.namedItem(name) as unknown as T;

  function fits(state: ViewState, index: number): boolean {
    const { row } = rows[index] as (typeof rows)[number];
    if (state.family && row.family !== state.family) return false;
    if (state.source && row.source !== state.source) return false;
    if (state.real && row.synthetic) return false;
    if (state.counted && row.later.includes(data.snapshots.indexOf(state.at))) return false;
    const text = texts.get(row.n) ?? "";
    return state.search
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word));
  }

  view.onChange((state, changed) => {
    const filters = ["search", "family", "source", "real", "counted", "at"] as const;
    if (filters.some((name) => changed.has(name))) {
      field<HTMLInputElement>("q").value = state.search;
      field<HTMLSelectElement>("kind").value = state.family;
      field<HTMLSelectElement>("source").value = state.source;
      field<HTMLInputElement>("real").checked = state.real;
      field<HTMLInputElement>("counted").checked = state.counted;
      let shown = 0;
      rows.forEach(({ element }, index) => {
        const fit = fits(state, index);
        element.hidden = !fit;
        if (fit) shown += 1;
      });
      if (count) count.textContent = fill(data.words["evidence-showing"] ?? "", { shown, all: rows.length });
      if (none) none.hidden = shown > 0;
    }
    if (changed.has("selected")) {
      for (const { row, element } of rows) {
        element.classList.toggle("selected", state.selected.includes(row.n));
      }
    }
  });

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    view.set({
      search: field<HTMLInputElement>("q").value.trim(),
      family: field<HTMLSelectElement>("kind").value,
      source: field<HTMLSelectElement>("source").value,
      real: field<HTMLInputElement>("real").checked,
      counted: field<HTMLInputElement>("counted").checked,
    });
  });
  form.addEventListener("reset", () => {
    view.set({ search: "", family: "", source: "", real: false, counted: false });
  });

  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-show]")) {
    button.addEventListener("click", () => {
      view.set({ selected: [Number(button.dataset.show)] });
      document.getElementById("map")?.scrollIntoView();
    });
  }
}
