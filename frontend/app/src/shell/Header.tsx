import { type ReactNode, useState } from "react";
import { go, to } from "../address/useAddress";
import { api } from "../server/api";
import { useBeginAnew, useHere } from "../server/session";
import { LANGUAGES, languageOf, nameIn, OWN_NAMES } from "../words/languages";
import { useWords } from "../words/Words";
import { Icon } from "./Icon";
import { useMenus } from "./menus";
import { OwnAccount } from "./OwnAccount";
import { THEMES, useTheme } from "./theme";
import { useOnline, useWaiting } from "./useOnline";
import { When } from "./When";

interface Given {
  onSearch(): void;
  onKeys(): void;
  onSignIn(): void;
}

export function Header({ onSearch, onKeys, onSignIn }: Given): ReactNode {
  const { say, language } = useWords();
  const { workspace, session } = useHere();
  useMenus();
  return (
    <header className="head">
      <div className="head-name">
        <a href={to("board")} className="brand">
          <span className="sr">{say("app-home")}</span>
          <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path
              d="M4 24c6-1 7-15 12-15s6 14 12 13"
              fill="none"
              stroke="currentColor"
              strokeWidth="3"
              strokeLinecap="round"
            />
            <path
              d="M4 17c6-1 7-13 12-13s6 12 12 11"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.6"
              strokeDasharray="3 3"
              strokeLinecap="round"
            />
          </svg>
        </a>
        <p className="head-title">{nameIn(workspace.title, language)}</p>
      </div>
      <When />
      <div className="head-tools">
        <Connection />
        <button
          type="button"
          className="tool"
          onClick={onSearch}
          aria-keyshortcuts="Control+K"
          aria-label={say("app-search")}
        >
          <Icon name="search" />
          <span className="wide-only">{say("app-search")}</span>
        </button>
        <Settings onKeys={onKeys} />
        {session.user ? (
          <Account />
        ) : (
          <button type="button" className="primary" onClick={onSignIn}>
            {say("app-sign-in")}
          </button>
        )}
      </div>
    </header>
  );
}

function Connection(): ReactNode {
  const { say } = useWords();
  const { owner } = useHere();
  const online = useOnline();
  const waiting = useWaiting(owner);
  const refused = waiting.filter((one) => one.refused).length;
  return (
    <div className="connection" role="status">
      {!online && <span className="pill pill-warn">{say("app-offline")}</span>}
      {waiting.length > refused && (
        <span className="pill">{say("app-waiting", { count: waiting.length - refused })}</span>
      )}
      {refused > 0 && (
        <a className="pill pill-warn" href={to("desk")}>
          {say("app-refused", { count: refused })}
        </a>
      )}
    </div>
  );
}

function Settings({ onKeys }: { onKeys(): void }): ReactNode {
  const { say, language, choose } = useWords();
  const [theme, setTheme] = useTheme();
  return (
    <details className="menu">
      <summary className="tool">
        <span className="sr">{say("app-settings")}</span>
        <Icon name={theme === "dark" ? "moon" : "sun"} />
        <span className="wide-only" lang={language}>
          {OWN_NAMES[language]}
        </span>
      </summary>
      <div className="menu-body">
        <label>
          {say("app-language")}
          <select
            value={language}
            onChange={(event) => {
              const chosen = languageOf(event.target.value);
              if (chosen) choose(chosen);
            }}
          >
            {LANGUAGES.map((one) => (
              <option key={one} value={one} lang={one}>
                {OWN_NAMES[one]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say("app-theme")}
          <select
            value={theme}
            onChange={(event) => {
              const chosen = THEMES.find((one) => one === event.target.value);
              if (chosen) setTheme(chosen);
            }}
          >
            {THEMES.map((one) => (
              <option key={one} value={one}>
                {say(`app-theme-${one}`)}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={() => window.print()}>
          <Icon name="print" />
          {say("app-print")}
        </button>
        <button type="button" onClick={onKeys}>
          <kbd>?</kbd>
          {say("app-key-keys")}
        </button>
      </div>
    </details>
  );
}

function Account(): ReactNode {
  const { say, language } = useWords();
  const { session, workspace } = useHere();
  const beginAnew = useBeginAnew();
  const [busy, setBusy] = useState(false);
  const [own, setOwn] = useState(false);
  const party = workspace.parties.find((one) => one.id === session.party);
  const signOut = async (): Promise<void> => {
    setBusy(true);
    try {
      await api.signOut();
    } finally {
      setBusy(false);
      await beginAnew();
      go(to("board"));
    }
  };
  return (
    <details className="menu">
      <summary className="tool" aria-label={session.user?.name ?? ""}>
        <Icon name="accounts" />
        <span className="wide-only">{session.user?.name}</span>
      </summary>
      <div className="menu-body">
        <p>
          <b dir="auto">{session.user?.name}</b>
          <br />
          {say(`app-role-${session.role}`)}
          {party && ` · ${nameIn(party.names, language)}`}
        </p>
        <button type="button" onClick={() => setOwn(true)}>
          <Icon name="accounts" />
          {say("app-own-account")}
        </button>
        {own && <OwnAccount close={() => setOwn(false)} />}
        <button type="button" onClick={signOut} disabled={busy}>
          <Icon name="out" flip />
          {say("app-sign-out")}
        </button>
      </div>
    </details>
  );
}
