// Every key that does something, in one list: it is what `?` shows.
import { useEffect } from "react";

export interface KeyBinding {
  keys: string;
  message: string;
  act(): void;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** `g b` is two keys one after the other, `Mod+K` is Ctrl or Cmd with K. */
export function useKeyboard(bindings: readonly KeyBinding[]): void {
  useEffect(() => {
    let before = "";
    let at = 0;
    const onKey = (event: KeyboardEvent): void => {
      const mod = event.ctrlKey || event.metaKey;
      if (event.altKey || (isTyping(event.target) && !mod)) return;
      if (document.querySelector("[role=dialog]") && !mod) return;
      const pressed = mod ? `Mod+${event.key.toUpperCase()}` : event.key;
      const pair = event.timeStamp - at < 1_200 ? `${before} ${pressed}` : pressed;
      before = pressed;
      at = event.timeStamp;
      const found = bindings.find((one) => one.keys === pair) ?? bindings.find((one) => one.keys === pressed);
      if (!found) return;
      event.preventDefault();
      before = "";
      found.act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [bindings]);
}
