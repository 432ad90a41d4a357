import type { Feature } from "geojson";
import type { Formats } from "../words/formats";
import type { Say } from "../words/messages";

/** What share of a sector was patrolled, in words: a share, a range of it, or that nobody was shown there. */
export function shareOf(feature: Feature, say: Say, formats: Formats): string {
  const { least, most, findings } = feature.properties ?? {};
  if (typeof least !== "number" || typeof most !== "number") return "";
  if (!findings) return say("app-patrolled-unknown");
  if (most === 0) return say("app-patrolled-none");
  if (Math.abs(most - least) < 0.005) return say("app-patrolled", { share: formats.share(least) });
  return say("app-patrolled-range", { least: formats.share(least), most: formats.share(most) });
}
