import type { ReactNode } from "react";
import { DayField } from "../marks/DayField";
import type { DraftQuestion } from "../server/api";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import type { DraftAccord } from "./shape";

/** The controls for the field that a question is about. */
export function AnswerFields({
  question,
  accord,
}: {
  question: DraftQuestion;
  accord: DraftAccord;
}): ReactNode {
  const { say, language } = useWords();
  const parties = accord.parties.map((one) => ({ id: one.id, name: nameIn(one.names, language) || one.id }));
  const choice = (name: string, label: string, all: readonly { id: string; name: string }[]): ReactNode => (
    <label>
      {label}
      <select name={name} defaultValue="">
        <option value="">–</option>
        {all.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </label>
  );
  const named = (words: Readonly<Record<string, string>>): { id: string; name: string }[] =>
    Object.entries(words).map(([id, message]) => ({ id, name: say(message) }));
  switch (question.field) {
    case "parties":
      return (
        <fieldset className="choices">
          <legend>{say("board-binds")}</legend>
          {parties.map((one) => (
            <label key={one.id} className="check">
              <input type="checkbox" name="parties" value={one.id} /> <bdi>{one.name}</bdi>
            </label>
          ))}
        </fieldset>
      );
    case "due":
    case "from":
    case "until":
      return (
        <div className="form-three">
          <DayField label={say("app-day")} name="day" />
          <label>
            {say("app-draft-days-after")}
            <input type="number" name="days" min={0} max={3650} />
          </label>
          {choice("after", say("app-draft-after"), [
            { id: "signed", name: say("fact-signed") },
            ...accord.provisions
              .filter((one) => one.id !== question.provision)
              .map((one) => ({ id: one.id, name: one.id })),
          ])}
        </div>
      );
    case "zone":
      return choice(
        "zone",
        say("kind-zone"),
        accord.zones.map((one) => ({ id: one.id, name: nameIn(one.names, language) || one.id })),
      );
    case "mode":
      return choice(
        "value",
        say("app-draft-mode"),
        named({
          joint: "app-mode-joint",
          coordinated: "app-mode-coordinated",
          separate: "app-mode-separate",
        }),
      );
    case "measure":
      return choice(
        "value",
        say("app-draft-measure"),
        named({ depth: "app-measure-depth", width: "app-measure-width" }),
      );
    case "side":
      return choice(
        "side",
        say("app-draft-side"),
        named({ left: "app-side-left", right: "app-side-right", both: "app-side-both" }),
      );
    case "frequency":
      return (
        <div className="form-pair">
          <label>
            {say("app-draft-times")}
            <input type="number" name="times" min={1} max={1000} />
          </label>
          {choice(
            "per",
            say("app-draft-per"),
            named({ day: "app-per-day", week: "app-per-week", month: "app-per-month" }),
          )}
        </div>
      );
    case "width_m":
      return (
        <div className="form-pair">
          <label>
            {say("app-draft-least-km")}
            <input type="number" name="min" min={0} step="any" />
          </label>
          <label>
            {say("app-draft-most-km")}
            <input type="number" name="max" min={0} step="any" />
          </label>
        </div>
      );
    case "line":
      return (
        <>
          <label>
            {say("app-draft-line-file")}
            <input type="file" name="line" accept=".geojson,.json" />
          </label>
          <div className="form-three">
            {choice("left", say("app-draft-left-of-line"), parties)}
            {choice("right", say("app-draft-right-of-line"), parties)}
            <label>
              {say("app-error-m")}
              <input type="number" name="uncertainty" min={0} max={100000} defaultValue={1000} />
            </label>
          </div>
        </>
      );
    case "accord.time_zone":
      return (
        <label>
          {say("app-draft-time-zone")}
          <input name="value" dir="ltr" list="time-zones" autoComplete="off" />
          <datalist id="time-zones">
            {Intl.supportedValuesOf("timeZone").map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        </label>
      );
    default:
      return (
        <label>
          <code dir="ltr">{question.field}</code>
          <input name="value" dir="auto" />
        </label>
      );
  }
}
