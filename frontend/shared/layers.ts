/** Which layer of the map a family of reports belongs to; its sign is the same everywhere. */
export function layerOf(family: string): "military" | "withdrawal" | "access" | "other" {
  switch (family) {
    case "any_military_action":
      return "military";
    case "presence":
    case "withdrawal":
    case "control":
      return "withdrawal";
    case "route":
    case "patrol":
    case "effort":
    case "restricted_act":
      return "access";
    default:
      return "other";
  }
}
