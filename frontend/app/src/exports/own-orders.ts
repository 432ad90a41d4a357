// Orders of whoever has not signed in are known by their ids alone: this tab keeps them.
const KEPT = "truceline.orders";

export const keptOrders = (): string[] => {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one === "string").slice(0, 20) : [];
  } catch {
    return [];
  }
};

export const keepOrder = (id: string): void =>
  sessionStorage.setItem(KEPT, JSON.stringify([id, ...keptOrders().filter((one) => one !== id)]));
