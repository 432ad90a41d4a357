// What the server answers: the same documents as `truceline … --json`, named as in shared vocabulary.
import type { Feature, FeatureCollection, Geometry } from "geojson";

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
] as const;
export type Status = (typeof STATUSES)[number];

export type Names = Record<string, string> | string | null;

export interface Reason {
  message: string;
  evidence: string[];
}

export interface Obligation {
  id: string;
  kind: string;
  title?: Names;
  status: Status;
  probability: number;
  proposition: string;
  p_fulfilled: number;
  p_breached: number;
  finding: string;
  since: string | null;
  due: string | null;
  because: string[];
  reasons: Reason[];
  evidence: string[];
  counter_evidence: string[];
  effort_h: number;
  access_refused: number;
  reading_dependent: string[];
}

export interface Assessment {
  accord: string;
  accord_version: number;
  as_of: string;
  known_at: string;
  ruleset: string;
  reading: string | null;
  observations_considered: number;
  obligations: Obligation[];
}

export interface Quote {
  source: string;
  exact: string;
  start: number;
  end: number;
  speaker?: string | null;
}

export interface Party {
  id: string;
  names: Record<string, string>;
  role: string;
}

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
  verdict: Obligation;
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

export interface Seen {
  id: string;
  kind: string;
  family?: string;
  place?: string | null;
  lon?: number | null;
  lat?: number | null;
  geometry?: Geometry | null;
  error_m?: number | null;
  occurred_from: string;
  occurred_to: string;
  recorded_at?: string;
  reported_at?: string | null;
  actors?: string[];
  targets?: string[];
  count?: number | null;
  source?: string | null;
  reliability?: string | null;
  credibility?: number | string | null;
  claim?: boolean;
  synthetic?: boolean;
  retracted?: boolean;
  disputed?: boolean;
  superseded_by?: string | null;
  incident?: string | null;
  report?: string | null;
  origin_file?: string | null;
  origin_row?: number | null;
  origin_sha256?: string | null;
}

export interface ExplainedObservation {
  id: string;
  type: "observation";
  observation: Seen;
  stands: { counts: boolean; [more: string]: unknown };
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
