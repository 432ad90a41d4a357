import type { ReactNode } from "react";
import { useWords } from "../words/Words";
import type { KeyBinding } from "./keys";
import { Modal } from "./Modal";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** Keys that views and widgets take themselves. */
const WITHIN = {
  board: ["j", "k"],
  map: ["←", "↑", "→", "↓", "+", "-"],
  timeline: ["←", "→"],
  dialog: ["Esc"],
} as const;

export function KeysDialog({
  bindings,
  close,
}: {
  bindings: readonly KeyBinding[];
  close(): void;
}): ReactNode {
  const { say } = useWords();
  return (
    <Modal title={say("app-keys-title")} close={close}>
      <dl className="keys">
        {bindings.map((one) => (
          <div key={one.keys}>
            <dt>
              {one.keys.split(" ").map((key) => (
                <kbd key={key} dir="ltr">
                  {key.replace("Mod", MAC ? "⌘" : "Ctrl")}
                </kbd>
              ))}
            </dt>
            <dd>{say(one.message)}</dd>
          </div>
        ))}
        {Object.entries(WITHIN).map(([where, keys]) => (
          <div key={where}>
            <dt>
              {keys.map((key) => (
                <kbd key={key} dir="ltr">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{say(`app-keys-${where}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
