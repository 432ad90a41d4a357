// Every status, and every family of reports, has a shape of its own, so that none is told by its colour alone.
// The shapes are those of the report (products/report/templates/symbols.html.jinja).
import type { ReactNode } from "react";
import type { Status } from "../server/types";
import { useWords } from "../words/Words";

const stroke = {
  fill: "none",
  stroke: "currentColor",
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

const SHAPES: Record<string, ReactNode> = {
  met: <path d="M3 8.5 6.5 12 13 4.5" {...stroke} strokeWidth="2.4" />,
  met_late: (
    <>
      <path d="M1.8 9 5 12.2 10 6" {...stroke} strokeWidth="2.2" />
      <path d="M11.8 2v4h3" {...stroke} strokeWidth="1.8" />
    </>
  ),
  overdue: (
    <>
      <circle cx="8" cy="8" r="6.2" {...stroke} strokeWidth="2" />
      <path d="M8 4.4V8l2.8 2" {...stroke} strokeWidth="2" />
    </>
  ),
  breached: <path d="M3.2 3.2 12.8 12.8M12.8 3.2 3.2 12.8" {...stroke} strokeWidth="2.6" />,
  disputed: (
    <path d="M1.5 5.2h9M7.8 2.2l3 3-3 3M14.5 10.8h-9M8.2 7.8l-3 3 3 3" {...stroke} strokeWidth="1.9" />
  ),
  unverified: (
    <>
      <path d="M5 5.4C5 3.6 6.3 2.6 8 2.6s3 1 3 2.7c0 2.3-3 2.2-3 4.6" {...stroke} strokeWidth="2.1" />
      <circle cx="8" cy="13" r="1.4" fill="currentColor" />
    </>
  ),
  not_due: <circle cx="8" cy="8" r="5.6" {...stroke} strokeWidth="1.8" strokeDasharray="2.6 2" />,
  in_progress: (
    <>
      <circle cx="8" cy="8" r="5.8" {...stroke} strokeWidth="1.9" />
      <path d="M8 2.2a5.8 5.8 0 0 1 0 11.6z" fill="currentColor" />
    </>
  ),
  holding: (
    <path
      d="M8 1.6 13.6 4v4c0 3.4-2.4 5.6-5.6 6.6C4.8 13.6 2.4 11.4 2.4 8V4z"
      {...stroke}
      strokeWidth="1.9"
    />
  ),
  military: <path d="M8 2 14.5 13.5h-13z" fill="currentColor" />,
  withdrawal: <rect x="2.5" y="2.5" width="11" height="11" fill="currentColor" />,
  access: <path d="M8 1.5 14.5 8 8 14.5 1.5 8z" fill="currentColor" />,
  other: <circle cx="8" cy="8" r="5.5" fill="currentColor" />,
};

export function Sign({ name }: { name: string }): ReactNode {
  return (
    <svg className="sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {SHAPES[name] ?? SHAPES.other}
    </svg>
  );
}

export function StatusBadge({ status }: { status: Status }): ReactNode {
  const { say } = useWords();
  return (
    <span className={`badge st-${status}`}>
      <Sign name={status} />
      {say(`status-${status}`)}
    </span>
  );
}
