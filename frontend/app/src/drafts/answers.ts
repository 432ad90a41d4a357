// From what an answer's form holds to the fields of the accord file.
import type { DraftQuestion } from "../server/api";
import type { DraftAccord, DraftProvision } from "./shape";
import type { Said } from "./useDecisions";

type Answer = Pick<Said, "changes" | "parts">;

/** The decision's content. Throws an error whose message names why nothing is answered. */
export async function answerOf(
  question: DraftQuestion,
  given: FormData,
  accord: DraftAccord,
  provision?: DraftProvision,
): Promise<Answer> {
  const text = (name: string): string => String(given.get(name) ?? "").trim();
  const number = (name: string): number | null => (text(name) === "" ? null : Number(text(name)));
  if (question.field === "accord.time_zone")
    return { changes: { head: { time_zone: required(text("value")) } } };
  if (question.field === "line") return { parts: [await linePart(given, accord, text)] };
  if (question.field === "side") return { parts: [sidePart(required(text("side")), accord, provision)] };
  const value = ((): unknown => {
    switch (question.field) {
      case "parties":
        return given.getAll("parties").map(String);
      case "due":
      case "from":
      case "until": {
        if (text("day")) return text("day");
        return { after: required(text("after")), days: number("days") ?? 0 };
      }
      case "zone":
        return required(text("zone"));
      case "frequency":
        return { times: number("times") ?? required(""), per: required(text("per")) };
      case "width_m": {
        const ends = { min: number("min"), max: number("max") };
        if (ends.min === null && ends.max === null) required("");
        return Object.fromEntries(
          Object.entries(ends)
            .filter(([, km]) => km !== null)
            .map(([end, km]) => [end, Number(km) * 1000]),
        );
      }
      default:
        return required(text("value"));
    }
  })();
  if (Array.isArray(value) && value.length === 0) required("");
  const fields: Record<string, unknown> = { [question.field]: value };
  if (question.field === "parties" && ["designation", "verification"].includes(provision?.kind ?? ""))
    fields.by = value;
  return { changes: { provision: question.provision, fields } };
}

function required(value: string): string {
  if (value === "") throw new Error("app-draft-no-answer");
  return value;
}

interface Positions {
  type?: string;
  coordinates?: unknown;
  geometry?: Positions;
  features?: Positions[];
}

/** The line of a GeoJSON file: a geometry, a feature or the first line of a collection. */
export function lineIn(document: Positions): Positions | null {
  if (document.type === "LineString" || document.type === "MultiLineString")
    return { type: document.type, coordinates: document.coordinates };
  if (document.geometry) return lineIn(document.geometry);
  for (const one of document.features ?? []) {
    const found = lineIn(one);
    if (found) return found;
  }
  return null;
}

async function linePart(
  given: FormData,
  accord: DraftAccord,
  text: (name: string) => string,
): Promise<NonNullable<Answer["parts"]>[number]> {
  const file = given.get("line");
  if (!(file instanceof File) || file.size === 0) throw new Error("app-draft-no-answer");
  let geometry: Positions | null = null;
  try {
    geometry = lineIn(JSON.parse(await file.text()) as Positions);
  } catch {
    geometry = null;
  }
  if (!geometry) throw new Error("app-draft-no-line");
  return {
    section: "lines",
    id: accord.lines[0]?.id ?? "line-of-contact",
    value: {
      geometry,
      uncertainty_m: Number(text("uncertainty") || 0),
      ...(text("left") ? { left: text("left") } : {}),
      ...(text("right") ? { right: text("right") } : {}),
    },
  };
}

/** The zone as a band beside the accord's line, as deep as the provision says. */
function sidePart(
  side: string,
  accord: DraftAccord,
  provision?: DraftProvision,
): NonNullable<Answer["parts"]>[number] {
  const line = accord.lines[0];
  if (!line || !provision?.zone || !provision.width_m) throw new Error("app-draft-side-first");
  return {
    section: "zones",
    id: provision.zone,
    value: {
      derivation: {
        line: line.id,
        side,
        depth_m: provision.width_m,
        ...(provision.measure ? { measure: provision.measure } : {}),
      },
    },
  };
}
