import type { ReactNode } from "react";

// Outlines of 24 by 24, drawn for this application.
const PATHS: Record<string, string> = {
  board: "M4 5h16M4 10h10M4 15h16M4 20h10M18 9.5l1.2 1.2L21.5 8.5",
  map: "M9 4 3.5 6v14L9 18l6 2 5.5-2V4L15 6zM9 4v14M15 6v14",
  timeline: "M3 12h18M7 8v8M13 5v14M18 9v6",
  desk: "M5 3.5h10l4 4V20.5H5zM15 3.5v4h4M12 11v6M9 14h6",
  accord: "M6 3.5h12v17H6zM9 8h6M9 12h6M9 16h3",
  designation:
    "M4 20c0-4 3-6 6-6s6 2 6 6M10 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M16.5 11.5l1.8 1.8 3.2-3.6",
  cases: "M4 8h16v11.5H4zM9 8V5h6v3M4 13h16",
  effort:
    "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6",
  explain:
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M9.5 9.3C9.6 8 10.6 7.2 12 7.2s2.5.8 2.5 2.2c0 1.7-2.4 2-2.4 3.9M12 16.6v.2",
  drafts: "M6 3.5h9l3 3v14H6zM9 12.5l2 2 4-4.5M9 17.5h6",
  exports: "M12 3.5v11M7.5 10.5 12 15l4.5-4.5M4.5 16.5v4h15v-4",
  log: "M12 3 4.5 6v6c0 4.5 3.2 7.4 7.5 9 4.3-1.6 7.5-4.5 7.5-9V6zM8.8 12.2l2.3 2.3 4.2-4.6",
  accounts: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.5c0-4.2 3.4-6.5 7.5-6.5s7.5 2.3 7.5 6.5",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.4 15.4 20.5 20.5",
  menu: "M4 6.5h16M4 12h16M4 17.5h16",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  close: "M5.5 5.5l13 13M18.5 5.5l-13 13",
  print: "M7 8V3.5h10V8M7 17H4V8.5h16V17h-3M7 14h10v6.5H7z",
  play: "M7 4.5 19 12 7 19.5z",
  pause: "M8 5v14M16 5v14",
  ruler: "M3 16 16 3l5 5L8 21zM7 12l2 2M10 9l3 3M13 6l2 2",
  layers: "M12 3.5 3 8.5l9 5 9-5zM3 12.5l9 5 9-5M3 16.5l9 5 9-5",
  back: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  out: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
};

export function Icon({ name, flip = false }: { name: string; flip?: boolean }): ReactNode {
  return (
    <svg
      className={flip ? "icon icon-flip" : "icon"}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name] ?? ""} />
    </svg>
  );
}
