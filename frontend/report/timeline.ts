// The timeline is drawn by the page itself; this makes it selectable, by pointer and by keyboard.
import type { PageData } from "./data";
import type { View } from "./state";

const numbersOf = (mark: SVGElement): number[] => (mark.dataset.n ?? "").split(",").map(Number);

export function startTimeline(view: View, data: PageData): void {
  const group = document.getElementById("timeline-marks");
  const card = document.getElementById("timeline-card");
  if (!group) return;
  const marks = [...group.querySelectorAll<SVGElement>(".mark")];
  const byTime = [...marks].sort((a, b) => x(a) - x(b));
  const rows = new Map(data.rows.map((row) => [row.n, row]));

  // One stop for the Tab key; arrows move among the marks.
  function makeCurrent(mark: SVGElement): void {
    for (const other of marks) other.setAttribute("tabindex", other === mark ? "0" : "-1");
  }
  if (byTime[0]) makeCurrent(byTime[0]);

  function x(mark: SVGElement): number {
    return Number(mark.getAttribute("cx"));
  }

  function neighbour(mark: SVGElement, key: string): SVGElement | undefined {
    const lane = byTime.filter((other) => other.dataset.lane === mark.dataset.lane);
    const index = lane.indexOf(mark);
    if (key === "ArrowRight") return lane[index + 1];
    if (key === "ArrowLeft") return lane[index - 1];
    if (key === "Home") return lane[0];
    if (key === "End") return lane.at(-1);
    const lanes = [...new Set(marks.map((other) => other.dataset.lane))];
    const next = lanes[lanes.indexOf(mark.dataset.lane) + (key === "ArrowDown" ? 1 : -1)];
    return byTime
      .filter((other) => next !== undefined && other.dataset.lane === next)
      .sort((a, b) => Math.abs(x(a) - x(mark)) - Math.abs(x(b) - x(mark)))[0];
  }

  group.addEventListener("keydown", (event) => {
    const mark = event.target as SVGElement;
    if (event.key === "Enter" || event.key === " ") {
      view.set({ selected: numbersOf(mark) });
      event.preventDefault();
      return;
    }
    if (!["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    const next = neighbour(mark, event.key);
    if (!next) return;
    makeCurrent(next);
    next.focus();
    view.set({ selected: numbersOf(next) });
  });

  group.addEventListener("click", (event) => {
    const mark = (event.target as Element).closest<SVGElement>(".mark");
    if (!mark) return;
    makeCurrent(mark);
    view.set({ selected: numbersOf(mark) });
  });

  view.onChange((state, changed) => {
    if (!changed.has("selected")) return;
    const chosen = new Set(state.selected);
    for (const mark of marks) {
      const hit = numbersOf(mark).some((n) => chosen.has(n));
      mark.classList.toggle("selected", hit);
      mark.setAttribute("aria-selected", String(hit));
    }
    if (!card) return;
    const found = state.selected.map((n) => rows.get(n)).filter((row) => row !== undefined);
    card.replaceChildren(
      ...found.slice(0, 6).map((row) => {
        const line = document.createElement("span");
        const link = document.createElement("a");
        link.className = "evidence-link";
        link.href = `#ev-${row.n}`;
        link.dataset.n = String(row.n);
        link.textContent = String(row.n);
        const words = [row.title, row.where, row.text].filter(Boolean).join(" · ");
        line.append(link, ` ${words}`);
        if (row.synthetic) line.append(" ", tag("mark-synthetic", "tag tag-synthetic"));
        if (row.claim) line.append(" ", tag("mark-claim", "tag tag-claim"));
        return line;
      }),
    );
    if (found.length > 6) card.append(`+ ${found.length - 6}`);
  });

  function tag(word: string, style: string): HTMLElement {
    const element = document.createElement("span");
    element.className = style;
    element.textContent = data.words[word] ?? "";
    return element;
  }
}
