// The two times of every view: of when the state is asked, and from what was known by when.
import type { ReactNode } from "react";
import { useShared } from "../address/useAddress";
import { DayField } from "../marks/DayField";
import { useHere } from "../server/session";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";

export function When(): ReactNode {
  const { say, formats, language, timeZone } = useWords();
  const { workspace } = useHere();
  const [shared, put] = useShared();
  const day = shared.as_of.slice(0, 10);
  return (
    <details
      className={shared.as_of || shared.known_at || shared.reading ? "menu when when-set" : "menu when"}
    >
      <summary className="tool">
        <span className="when-part">
          <span className="when-label">{say("app-as-of")}</span>{" "}
          <b>{shared.as_of ? formats.shortDay(`${day}T12:00:00Z`) : say("app-now")}</b>
        </span>
        {shared.known_at && (
          <span className="when-part">
            <span className="when-label">{say("app-known-at")}</span>{" "}
            <b>{formats.shortDay(`${shared.known_at.slice(0, 10)}T12:00:00Z`)}</b>
          </span>
        )}
      </summary>
      <div className="menu-body when-body">
        <DayField
          label={say("app-as-of-long")}
          name="as_of"
          value={day}
          change={(as_of) => put({ as_of }, { push: true })}
        />
        <DayField
          label={say("app-known-at-long")}
          name="known_at"
          value={shared.known_at.slice(0, 10)}
          change={(known_at) => put({ known_at }, { push: true })}
        />
        {workspace.readings.length > 0 && (
          <label>
            {say("fact-reading")}
            <select
              value={shared.reading}
              onChange={(event) => put({ reading: event.target.value }, { push: true })}
            >
              <option value="">{say("fact-reading-adopted")}</option>
              {workspace.readings.map((one) => (
                <option key={one.id} value={one.id}>
                  {nameIn(one.text, language) || one.id}
                </option>
              ))}
            </select>
          </label>
        )}
        <button type="button" onClick={() => put({ as_of: "", known_at: "", reading: "" }, { push: true })}>
          {say("app-back-to-now")}
        </button>
        <p className="quiet-text">{say("app-when-hint", { zone: timeZone })}</p>
        {workspace.data_current_to && (
          <p className="quiet-text">
            {say("fact-data-current")}: {formats.moment(workspace.data_current_to)}
          </p>
        )}
      </div>
    </details>
  );
}
