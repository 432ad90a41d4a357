// Every address of the server that the application asks, in one place.
import type { Proof } from "../proofs/verify";
import { type Asked, ask, send, withQuery } from "./http";
import type { Assessment, Explained, FeatureCollection, Names, Party, Quote, Seen, Status } from "./types";

export const V1 = "/api/v1";

export interface Session {
  user: { id: string; name: string; language: string | null; second_factor?: boolean } | null;
  role: "public" | "observer" | "liaison" | "analyst" | "monitor" | "administrator";
  party: string | null;
  csrf: string | null;
  /** What the role may see and do: names of the permission matrix, each with how far. */
  can: Record<string, string>;
}

export interface ProvisionHead {
  id: string;
  kind: string;
  title?: Names;
  quotes?: Quote[];
}

export interface WorkspaceInfo {
  id: string;
  title: Record<string, string>;
  version: number | string;
  status: string;
  signed: string | null;
  time_zone: string;
  region: [number, number, number, number] | null;
  parties: Party[];
  provisions: ProvisionHead[];
  readings: { id: string; text: Names }[];
  data_current_to: string | null;
}

export interface Vocabulary {
  kinds: { kind: string; family: string; names: Record<string, string> }[];
}

export interface AccordDocument {
  provisions: ProvisionHead[];
  sources: {
    id: string;
    title: Names;
    publisher?: string;
    date?: string;
    language?: string;
    text?: string;
  }[];
  interpretations: {
    id: string;
    question: Names;
    adopted: string;
    readings: { id: string; text: Names; held_by?: string[] }[];
  }[];
  statements: { id: string; speaker: string; stance: string; quote: Quote }[];
  questions: { provision?: string; field: string; why: string }[];
}

export interface SeenPage {
  items: Seen[];
  total: number;
  next: string | null;
}

export interface SimilarReport {
  id: string;
  kind: string;
  occurred_from: string;
  place: string | null;
  distance_m?: number | null;
  probability?: number | null;
}

export interface DrawnThings {
  zones: FeatureCollection;
  lines: FeatureCollection;
  routes: FeatureCollection;
}

export interface BasemapAnswer {
  land: FeatureCollection;
  districts: FeatureCollection;
  towns: FeatureCollection;
  attribution: string[];
}

export interface HeadAnswer {
  origin: string;
  size: number;
  root: string;
  signed: boolean;
  note: string;
  keys: string[];
}

export interface SeriesAnswer {
  known_at: string;
  steps: { as_of: string; obligations: { id: string; status: Status; probability: number }[] }[];
}

export interface Proposal {
  proposal: string;
  group?: string;
  subject?: string;
  state?: string;
  in_force: boolean;
  consented_by: string[];
  missing: string[];
  objected_by: string[];
  steps?: { act: string; party: string; recorded_at: string }[];
}

export interface CaseRow {
  case: string;
  title: string | null;
  state: string;
  opened_at: string;
  parties: string[];
  observations: string[];
  obligations: string[];
  result: string | null;
  next: { what: string; who: string[]; due: string; overdue: boolean } | null;
}

export interface CasePage extends CaseRow {
  steps: { step: string; act: string; at: string; note?: string; allegation?: string; result?: string }[];
}

export interface EffortRow {
  day: string;
  zone: string | null;
  hours: number;
  reports: number;
  refused: number;
  delayed: number;
}

export interface Account {
  id: string;
  name: string;
  role: string;
  party: string | null;
  second_factor: boolean;
  created_at: string;
  ended_at: string | null;
}

/** Where entries are sent that may have to wait for a connection. */
export const paths = {
  observations: `${V1}/observations`,
  corrections: `${V1}/corrections`,
  cases: `${V1}/cases`,
  caseSteps: (id: string) => `${V1}/cases/${encodeURIComponent(id)}/steps`,
} as const;

const segments = (id: string): string => id.split("/").map(encodeURIComponent).join("/");

export const api = {
  session: () => ask<Session>(`${V1}/session`),
  signIn: (given: { name: string; password: string; code?: string }) =>
    send<Session>("POST", `${V1}/session`, given),
  signOut: () => send<void>("DELETE", `${V1}/session`),
  changePassword: (old: string, fresh: string) =>
    send<void>("POST", `${V1}/session/password`, { old, new: fresh }),
  newSecret: () => send<{ secret: string; address: string }>("POST", `${V1}/session/totp`),
  confirmCode: (code: string) => send<void>("PUT", `${V1}/session/totp`, { code }),
  attachments: (id: string) =>
    ask<{ items: { sha256: string }[] }>(`${V1}/observations/${encodeURIComponent(id)}/attachments`),
  attach: (id: string, file: File) => {
    const form = new FormData();
    form.set("file", file);
    return send<unknown>("POST", `${V1}/observations/${encodeURIComponent(id)}/attachments`, form);
  },
  attachmentAddress: (id: string, sha256: string) =>
    `${V1}/observations/${encodeURIComponent(id)}/attachments/${sha256}`,
  /** What is needed first: the accord's head, and its provisions by name. */
  workspace: async (): Promise<WorkspaceInfo> => {
    const [head, accord] = await Promise.all([
      ask<Omit<WorkspaceInfo, "provisions">>(`${V1}/workspace`),
      ask<AccordDocument>(`${V1}/accord`),
    ]);
    return { ...head, provisions: accord.provisions };
  },
  vocabulary: () => ask<Vocabulary>(`${V1}/vocabulary`),
  basemap: () => ask<BasemapAnswer>(`${V1}/basemap`),
  accord: () => ask<AccordDocument>(`${V1}/accord`),
  assessment: (when: Asked) => ask<Assessment>(`${V1}/assessment`, when),
  series: (asked: Asked) => ask<SeriesAnswer>(`${V1}/assessment/series`, asked),
  explain: (id: string, when: Asked) => ask<Explained>(`${V1}/explain/${segments(id)}`, when),
  observations: (asked: Asked) => ask<SeenPage>(`${V1}/observations`, asked),
  seenTiles: (asked: Asked) =>
    withQuery(
      `${window.location.origin}/ogc/collections/observations/tiles/WebMercatorQuad/{z}/{y}/{x}`,
      asked,
    ),
  similar: (body: unknown) => send<{ items: SimilarReport[] }>("POST", `${V1}/observations/similar`, body),
  drawn: async (when: Asked): Promise<DrawnThings> => {
    const [zones, lines, routes] = await Promise.all([
      ask<FeatureCollection>(`${V1}/zones`, when),
      ask<FeatureCollection>(`${V1}/lines`, when),
      ask<FeatureCollection>(`${V1}/routes/features`, when),
    ]);
    return { zones, lines, routes };
  },
  designations: () => ask<{ designations: Proposal[]; in_use: Proposal[] }>(`${V1}/designations`),
  prepareStep: (what: object) =>
    send<{ content: string; sign: string }>("POST", `${V1}/designations/prepare`, what),
  signStep: (content: string, signature: string, public_key: string) =>
    send<unknown>("POST", `${V1}/designations`, { content, signature, public_key }),
  cases: (when: Asked) => ask<{ items: CaseRow[] }>(`${V1}/cases`, when),
  oneCase: (id: string, when: Asked) => ask<CasePage>(`${V1}/cases/${encodeURIComponent(id)}`, when),
  effort: (when: Asked = {}) => ask<{ items: EffortRow[] }>(`${V1}/effort`, when),
  head: () => ask<HeadAnswer>(`${V1}/log/head`),
  proof: (id: string, withhold: boolean) => ask<Proof>(`${V1}/log/proof/${segments(id)}`, { withhold }),
  consistency: (head: string) => send<Proof>("POST", `${V1}/log/consistency`, { head }),
  accounts: () => ask<{ items: Account[] }>(`${V1}/accounts`),
  makeAccount: (given: object) => send<Account>("POST", `${V1}/accounts`, given),
  changeAccount: (id: string, what: object) => send<Account>("PATCH", `${V1}/accounts/${id}`, what),
  readings: () =>
    ask<{ items: { seq: number; at: string; name: string | null; kinds: string[]; what: string }[] }>(
      `${V1}/readings`,
    ),
};
