// What the server answers: the same documents as `truceline … --json`, named as in shared vocabulary.
import type { Feature, FeatureCollection, Geometry } from "geojson";
import type * as Schemas from "./schema";

export const STATUSES = [
  "breached",
  "overdue",
  "disputed",
  "unverified",
  "in_progress",
  "not_due",
  "holding",
  "met_late",
  "met",
] as const satisfies readonly Schemas.ObligationAnswer["status"][];
export type Status = Schemas.ObligationAnswer["status"];

export type Names = Record<string, string> | string | null;

export type Obligation = Schemas.ObligationAnswer;
export type Assessment = Schemas.AssessmentAnswer;
export type Quote = Schemas.QuoteAnswer;
export type Party = Schemas.PartyAnswer;
export type Seen = Schemas.Observation;

export interface Weighed {
  observation: string;
  probability?: number;
  factors?: Record<string, number>;
  against?: boolean;
  product?: string;
  kind?: string;
  place?: string | null;
  lon?: number | null;
  lat?: number | null;
  error_m?: number | null;
  occurred_from?: string;
  occurred_to?: string;
  actors?: string[];
  source?: string | null;
  reliability?: string | null;
  credibility?: number | string | null;
  claim?: boolean;
  synthetic?: boolean;
  report?: string | null;
  origin_file?: string | null;
  origin_row?: number | null;
  origin_sha256?: string | null;
}

export interface ExplainedObligation {
  id: string;
  type: "obligation";
  verdict: Omit<Obligation, "title">;
  provision: {
    id: string;
    kind: string;
    title: Names;
    binds: string[];
    condition: string | null;
    exemptions: unknown[];
    depends_on: string[];
    quotes: Quote[];
  };
  rule: { ruleset: string; method: string; formula: string; numbers: Record<string, unknown> };
  inputs: Record<string, unknown>;
  evidence: Weighed[];
  also: Weighed[];
  corrections: unknown[];
  reading_dependent: { interpretation: string; question: string }[];
}

/** A report as recorded: what it does not say, or the reader's role is not told, is left out. */
export type Recorded = Partial<Seen> & Pick<Seen, "id" | "kind" | "occurred_from" | "occurred_to">;

export interface ExplainedObservation {
  id: string;
  type: "observation";
  observation: Recorded;
  stands: { counts: boolean; why?: string; superseded_by?: string[] };
  dispute?: object;
  names: Record<string, { party: string | null; confidence: number; reason: string }>;
  adds: {
    obligation: string;
    status: Status;
    probability: number;
    factors: Record<string, number>;
    against: boolean;
  }[];
  report_true: number;
  incident: string;
  same_incident: (string | { observation: string })[];
  linked_because: unknown[];
  recorded_by: { office: string; log: string; row: number; recorded_at: string; reached_us_at: string }[];
}

export type Explained =
  | ExplainedObligation
  | ExplainedObservation
  | ({ id: string; type: string } & Record<string, unknown>);

export type { Feature, FeatureCollection, Geometry };
