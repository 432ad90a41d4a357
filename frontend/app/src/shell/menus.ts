import { useEffect } from "react";

/** Menus of the head close when something else is clicked or chosen, and with Escape. */
export function useMenus(): void {
  useEffect(() => {
    const closeAll = (but: Element | null): void => {
      for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]"))
        if (menu !== but) menu.open = false;
    };
    const onPress = (event: Event): void =>
      closeAll(event.target instanceof Element ? event.target.closest("details.menu") : null);
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      const open = document.querySelector<HTMLDetailsElement>("details.menu[open]");
      if (!open) return;
      open.open = false;
      open.querySelector("summary")?.focus();
    };
    document.addEventListener("pointerdown", onPress);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPress);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
}
