// Every address of the server that the application asks, in one place.
import type { Proof } from "../proofs/verify";
import { type Asked, ask, send, withQuery } from "./http";
import type * as Schemas from "./schema";
import type { Assessment, Explained, FeatureCollection } from "./types";

export const V1 = "/api/v1";

/** Who is signed in; `can` holds what the role may see and do: names of the permission matrix, each with how far. */
export type Session = Schemas.SessionAnswer;
export type ProvisionHead = Schemas.ProvisionAnswer;
export type AccordDocument = Schemas.AccordAnswer;
export type WorkspaceInfo = Schemas.WorkspaceAnswer & { provisions: ProvisionHead[] };
export type Vocabulary = Schemas.Kinds;
export type SeenPage = Schemas.Observations;
export type SimilarReport = Schemas.SimilarObservation;
export type HeadAnswer = Schemas.Head;
export type SeriesAnswer = Schemas.Series;
export type CaseRow = Schemas.CaseRow;
export type CasePage = Schemas.CaseAnswer;
export type EffortRow = Schemas.EffortDay;
export type Account = Schemas.AccountAnswer;
export type AccountPage = Schemas.Accounts;
export type Proposal = Schemas.GroupProposed;
export type Confirmation = Schemas.Confirmation;
export type SubjectProposal = Schemas.SubjectProposed;
export type Order = Schemas.Order;
export type Orders = Schemas.Orders;
export type Drafts = Schemas.Drafts;
export type DraftAnswer = Schemas.DraftAnswer;
export type DraftQuestion = Schemas.DraftQuestion;
export type DraftDecision = Schemas.DraftDecision;

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

/** Where entries are sent that may have to wait for a connection. */
export const paths = {
  observations: `${V1}/observations`,
  corrections: `${V1}/corrections`,
  cases: `${V1}/cases`,
  decisions: (draft: string) => `${V1}/drafts/${encodeURIComponent(draft)}/decisions`,
  caseSteps: (id: string) => `${V1}/cases/${encodeURIComponent(id)}/steps`,
} as const;

const segments = (id: string): string => id.split("/").map(encodeURIComponent).join("/");

export const api = {
  session: () => ask<Session>(`${V1}/session`),
  signIn: (given: { name: string; password: string; code?: string; new_password?: string }) =>
    send<Session>("POST", `${V1}/session`, given),
  sessions: () => ask<Schemas.OwnSessions>(`${V1}/sessions`),
  endSession: (id: string) => send<void>("DELETE", `${V1}/sessions/${encodeURIComponent(id)}`),
  signIns: (asked: Asked) => ask<Schemas.SignIns>(`${V1}/sign-ins`, asked),
  signOut: () => send<void>("DELETE", `${V1}/session`),
  changePassword: (old: string, fresh: string) =>
    send<void>("POST", `${V1}/session/password`, { old, new: fresh }),
  newSecret: () => send<Schemas.SecondFactor>("POST", `${V1}/session/totp`),
  confirmCode: (code: string) => send<void>("PUT", `${V1}/session/totp`, { code }),
  attachments: (id: string) =>
    ask<Schemas.Attachments>(`${V1}/observations/${encodeURIComponent(id)}/attachments`),
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
  counts: (asked: Asked) => ask<Schemas.Counts>(`${V1}/observations/counts`, asked),
  seenTiles: (asked: Asked) =>
    withQuery(
      `${window.location.origin}/ogc/collections/observations/tiles/WebMercatorQuad/{z}/{y}/{x}`,
      asked,
    ),
  similar: (body: unknown) => send<Schemas.Similar>("POST", `${V1}/observations/similar`, body),
  drawn: async (when: Asked): Promise<DrawnThings> => {
    const [zones, lines, routes] = await Promise.all([
      ask<FeatureCollection>(`${V1}/zones`, when),
      ask<FeatureCollection>(`${V1}/lines`, when),
      ask<FeatureCollection>(`${V1}/routes/features`, when),
    ]);
    return { zones, lines, routes };
  },
  depthStretches: (when: Asked) => ask<FeatureCollection>(`${V1}/zones/depth`, when),
  zoneDepth: (id: string, when: Asked) =>
    ask<Schemas.Depth>(`${V1}/zones/${encodeURIComponent(id)}/depth`, when),
  sectors: (when: Asked) => ask<FeatureCollection>(`${V1}/sectors`, when),
  coverage: (asked: Asked) => ask<FeatureCollection>(`${V1}/patrols/coverage`, asked),
  effortGround: (asked: Asked) => ask<FeatureCollection>(`${V1}/effort/ground`, asked),
  watched: (asked: Asked) => ask<Schemas.Watched>(`${V1}/effort/watched`, asked),
  trend: (when: Asked) => ask<Schemas.Trend>(`${V1}/assessment/trend`, when),
  findPlaces: (asked: Asked) => ask<Schemas.Places>(`${V1}/places/search`, asked),
  designations: () => ask<Schemas.Designations>(`${V1}/designations`),
  prepareStep: (what: object) => send<Schemas.Statement>("POST", `${V1}/designations/prepare`, what),
  preparePosition: (what: object) => send<Schemas.Statement>("POST", `${paths.corrections}/prepare`, what),
  prepareCaseStep: (id: string, what: object) =>
    send<Schemas.Statement>("POST", `${paths.caseSteps(id)}/prepare`, what),
  signStep: (content: string, signature: string, public_key: string) =>
    send<unknown>("POST", `${V1}/designations`, { content, signature, public_key }),
  cases: (when: Asked) => ask<Schemas.Cases>(`${V1}/cases`, when),
  oneCase: (id: string, when: Asked) => ask<CasePage>(`${V1}/cases/${encodeURIComponent(id)}`, when),
  effort: (when: Asked = {}) => ask<Schemas.Effort>(`${V1}/effort`, when),
  head: () => ask<HeadAnswer>(`${V1}/log/head`),
  proof: (id: string, withhold: boolean) => ask<Proof>(`${V1}/log/proof/${segments(id)}`, { withhold }),
  consistency: (head: string) => send<Proof>("POST", `${V1}/log/consistency`, { head }),
  orders: (ids: readonly string[]) => ask<Orders>(`${V1}/exports`, { ids }),
  order: (what: object) => send<Order>("POST", `${V1}/exports`, what, { key: crypto.randomUUID() }),
  dropOrder: (id: string) => send<void>("DELETE", `${V1}/exports/${id}`),
  orderFile: (id: string) => `${V1}/exports/${id}/file`,
  drafts: () => ask<Drafts>(`${V1}/drafts`),
  draft: (id: string) => ask<DraftAnswer>(`${V1}/drafts/${encodeURIComponent(id)}`),
  draftText: (given: object) => send<unknown>("POST", `${V1}/drafts`, given),
  draftDocument: (file: File, published: string) => {
    const form = new FormData();
    form.set("file", file);
    form.set("published", published);
    return send<unknown>("POST", `${V1}/drafts/document`, form);
  },
  confirmDraft: (id: string, seen: number) => send<unknown>("POST", `${V1}/drafts/${id}/confirmed`, { seen }),
  draftAccord: (id: string) => `${V1}/drafts/${id}/accord`,
  draftPackage: (id: string) => `${V1}/drafts/${id}/package`,
  accounts: () => ask<Schemas.Accounts>(`${V1}/accounts`),
  makeAccount: (given: object) => send<Account>("POST", `${V1}/accounts`, given),
  changeAccount: (id: string, what: object) => send<Account>("PATCH", `${V1}/accounts/${id}`, what),
  readings: () => ask<Schemas.Readings>(`${V1}/readings`),
};
