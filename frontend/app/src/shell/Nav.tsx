import { type ReactNode, useEffect, useRef } from "react";
import { VIEWS, type ViewName } from "../address/address";
import { to } from "../address/useAddress";
import { useWords } from "../words/Words";
import { Icon } from "./Icon";

// What a role must be allowed to see or do for a view to be offered; names as in the permission matrix.
const NEEDS: Partial<Record<ViewName, readonly string[]>> = {
  desk: ["record"],
  accounts: ["manage_accounts"],
  effort: ["effort"],
  drafts: ["draft"],
  exports: ["export"],
};

export const visibleViews = (may: (permission: string) => boolean): ViewName[] =>
  VIEWS.filter((view) => (NEEDS[view] ?? []).every(may)).filter((view) => view !== "explain");

export function Nav({ views, current }: { views: readonly ViewName[]; current: ViewName }): ReactNode {
  const { say } = useWords();
  const list = useRef<HTMLUListElement>(null);
  // On a narrow screen the views stand in a strip that scrolls: the current one is always in sight.
  useEffect(() => {
    list.current
      ?.querySelector(`[data-view=${current}]`)
      ?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);
  return (
    <nav className="nav" aria-label={say("app-nav")}>
      <ul ref={list}>
        {views.map((view) => (
          <li key={view} data-view={view}>
            <a href={to(view)} aria-current={view === current ? "page" : undefined}>
              <Icon name={view} />
              <span>{say(`app-view-${view}`)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
