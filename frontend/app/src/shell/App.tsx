import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from "react";
import { readPath, type ViewName } from "../address/address";
import { follow, go, to, usePlace } from "../address/useAddress";
import { Board } from "../board/Board";
import { ExplainView } from "../explain/ExplainView";
import { Loading } from "../marks/States";
import { useEvents } from "../server/events";
import { useHere } from "../server/session";
import { useWords } from "../words/Words";
import { Alerts } from "./Alerts";
import { Header } from "./Header";
import { KeysDialog } from "./KeysDialog";
import { type KeyBinding, useKeyboard } from "./keys";
import { Nav, visibleViews } from "./Nav";
import { Palette } from "./Palette";
import { SignIn } from "./SignIn";

type View = React.ComponentType<{ thing: string }>;

const LOAD: Partial<Record<ViewName, () => Promise<{ default: View }>>> = {
  map: () => import("../map/MapView"),
  timeline: () => import("../timeline/TimelineView"),
  desk: () => import("../desk/DeskView"),
  accord: () => import("../accord/AccordView"),
  designation: () => import("../designation/DesignationView"),
  cases: () => import("../cases/CasesView"),
  effort: () => import("../effort/EffortView"),
  drafts: () => import("../drafts/DraftsView"),
  exports: () => import("../exports/ExportsView"),
  log: () => import("../log/LogView"),
  accounts: () => import("../accounts/AccountsView"),
};
// The view that is asked for is fetched beside what the server is asked, not after it.
LOAD[readPath(window.location.pathname).view]?.().catch(() => {});

const LAZY = Object.fromEntries(Object.entries(LOAD).map(([name, load]) => [name, lazy(load)]));
const viewOf = (name: ViewName): View =>
  (name === "board" ? Board : name === "explain" ? ExplainView : LAZY[name]) ?? Board;

const JUMPS: Partial<Record<ViewName, string>> = {
  board: "b",
  map: "m",
  timeline: "t",
  desk: "i",
  accord: "a",
  designation: "d",
  cases: "c",
  effort: "e",
  drafts: "r",
  exports: "x",
  log: "l",
};

export function App(): ReactNode {
  const place = usePlace();
  const { say } = useWords();
  const { workspace, may } = useHere();
  const [open, setOpen] = useState<"keys" | "search" | "sign-in" | null>(null);
  const { formats, language } = useWords();
  const events = useEvents();
  const views = visibleViews(may);
  const View = viewOf(place.view);

  const bindings = useMemo<KeyBinding[]>(
    () => [
      { keys: "Mod+K", message: "app-key-search", act: () => setOpen("search") },
      { keys: "/", message: "app-key-search", act: () => setOpen("search") },
      { keys: "?", message: "app-key-keys", act: () => setOpen("keys") },
      ...views.flatMap((view) =>
        JUMPS[view]
          ? [{ keys: `g ${JUMPS[view]}`, message: `app-view-${view}`, act: () => go(to(view)) }]
          : [],
      ),
      { keys: "n", message: "app-key-new", act: () => go(to("desk")) },
    ],
    [views],
  );
  useKeyboard(bindings);

  useEffect(() => {
    document.title = `${say(`app-view-${place.view}`)} · ${workspace.title[language] ?? workspace.title.en ?? workspace.id}`;
  }, [place.view, say, workspace, language]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a link's Enter arrives here as a click
    // biome-ignore lint/a11y/noStaticElementInteractions: it only takes over what links do
    <div className="app" onClick={follow}>
      <a className="skip" href="#main">
        {say("app-skip")}
      </a>
      <Header
        onSearch={() => setOpen("search")}
        onKeys={() => setOpen("keys")}
        onSignIn={() => setOpen("sign-in")}
      />
      <Nav views={views} current={place.view} />
      <main id="main" tabIndex={-1} className={`view view-${place.view}`}>
        <Suspense fallback={<Loading />}>
          <View key={place.view} thing={place.thing} />
        </Suspense>
        <p className="print-only print-foot">
          {say("app-print-foot", { address: window.location.href, when: formats.moment(new Date()) })}
        </p>
      </main>
      <Alerts alerts={events.alerts} dismiss={events.dismiss} />
      {open === "keys" && <KeysDialog bindings={bindings} close={() => setOpen(null)} />}
      {open === "search" && <Palette views={views} close={() => setOpen(null)} />}
      {open === "sign-in" && <SignIn close={() => setOpen(null)} />}
    </div>
  );
}
