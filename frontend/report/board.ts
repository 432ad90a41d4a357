// The obligations: which are unfolded is part of the view, the same at every date.
import type { PageData } from "./data";
import type { View } from "./state";

export function startBoard(view: View, data: PageData): void {
  const all = [...document.querySelectorAll<HTMLDetailsElement>("details.obligation")];

  view.onChange((state, changed) => {
    if (changed.has("open")) {
      for (const item of all) {
        const open = state.open.includes(item.dataset.id ?? "");
        if (item.open !== open) item.open = open;
      }
    }
    if (changed.has("selected")) {
      for (const item of document.querySelectorAll<HTMLElement>("li.evidence-item")) {
        item.classList.toggle("selected", state.selected.includes(Number(item.dataset.n)));
      }
    }
  });

  for (const item of all) {
    item.addEventListener("toggle", () => {
      if (matchMedia("print").matches) return;
      const id = item.dataset.id ?? "";
      const others = view.state.open.filter((other) => other !== id);
      view.set({ open: item.open ? [...others, id].sort() : others });
    });
  }

  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-filter]")) {
    button.addEventListener("click", () => {
      const selected = (button.dataset.filter ?? "").split(",").map(Number).filter(Boolean);
      view.set({ selected: selected.slice(0, data.rows.length) });
      document.getElementById("evidence")?.scrollIntoView();
    });
  }

  // Paper cannot be unfolded: everything is open while printing, and afterwards as it was.
  window.addEventListener("beforeprint", () => {
    for (const item of all) item.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const item of all) item.open = view.state.open.includes(item.dataset.id ?? "");
  });
}
