// Made by `npm run types` from docs/reference/openapi.json; do not edit.

/**
 * GeoJSON (RFC 7946).
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "FeatureCollection".
 */
export type FeatureCollection = import("geojson").FeatureCollection;
/**
 * A feature of GeoJSON.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Feature".
 */
export type Feature = import("geojson").Feature;
/**
 * A geometry of GeoJSON (RFC 7946): lon, lat on WGS 84.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Geometry".
 */
export type Geometry = import("geojson").Geometry;
/**
 * Who somebody is to the system. A liaison is one of a party; `public` is whoever has not signed in.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Role".
 */
export type Role = "public" | "observer" | "liaison" | "analyst" | "monitor" | "administrator";

export interface Schemas {}
/**
 * The agreement: provisions with their quotes, the texts that they quote, and how they can be read.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "AccordAnswer".
 */
export interface AccordAnswer {
  accord: {
    [k: string]: unknown;
  };
  provisions: ProvisionAnswer[];
  sources: SourceAnswer[];
  zones?: NamedPart[] | null;
  lines?: NamedPart[] | null;
  interpretations: InterpretationAnswer[];
  statements: StatementAnswer[];
  questions: QuestionAnswer[];
}
/**
 * A provision, with the fields of its kind (the accord's schema names them).
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "ProvisionAnswer".
 */
export interface ProvisionAnswer {
  id: string;
  kind: string;
  quotes: QuoteAnswer[];
  title?: {
    [k: string]: string;
  } | null;
}
/**
 * The words that a provision rests on, by characters of the source's text.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "QuoteAnswer".
 */
export interface QuoteAnswer {
  source: string;
  exact: string;
  start: number;
  end: number;
  speaker?: string | null;
}
/**
 * A text that provisions quote.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "SourceAnswer".
 */
export interface SourceAnswer {
  id: string;
  publisher?: string | null;
  date?: string | null;
  language?: string | null;
  text?: string | null;
  title: {
    [k: string]: string;
  };
}
/**
 * A zone or a line of the accord.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "NamedPart".
 */
export interface NamedPart {
  id: string;
  names?: {
    [k: string]: string;
  } | null;
}
/**
 * A question that the text leaves open, and how it can be read.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "InterpretationAnswer".
 */
export interface InterpretationAnswer {
  id: string;
  question:
    | string
    | {
        [k: string]: string;
      }
    | null;
  adopted: string;
  readings: ReadingAnswer[];
}
/**
 * A reading of the text, and who holds it.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "ReadingAnswer".
 */
export interface ReadingAnswer {
  id: string;
  text:
    | string
    | {
        [k: string]: string;
      }
    | null;
  held_by?: string[] | null;
}
/**
 * What was said and obliges nobody.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "StatementAnswer".
 */
export interface StatementAnswer {
  id: string;
  speaker: string;
  stance: string;
  quote: QuoteAnswer;
}
/**
 * What the text leaves open.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "QuestionAnswer".
 */
export interface QuestionAnswer {
  provision?: string | null;
  field: string;
  why: string;
}
/**
 * An account, without its secrets.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "AccountAnswer".
 */
export interface AccountAnswer {
  id: string;
  name: string;
  role: string;
  party: string | null;
  language: string | null;
  second_factor: boolean;
  password: boolean;
  first_password_until: string | null;
  created_at: string;
  ended_at: string | null;
}
/**
 * What is to be changed of an account; what is not given stays.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "AccountChange".
 */
export interface AccountChange {
  role?: string | null;
  party?: string | null;
  password?: string | null;
  /**
   * false takes it away
   */
  second_factor?: false | null;
  ended?: boolean | null;
}
/**
 * All accounts.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Accounts".
 */
export interface Accounts {
  items: AccountAnswer[];
}
/**
 * A step that the one who asks may take next; `of_party`: in a party's name.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "ActOpen".
 */
export interface ActOpen {
  act: string;
  of_party: boolean;
}
/**
 * Who ran what, and the first and the last of the entries that it made.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "ActionTaken".
 */
export interface ActionTaken {
  entry: number;
  author: string | null;
  command: string;
  recorded_at: string;
  entries: number[];
}
/**
 * The newest actions of people.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Actions".
 */
export interface Actions {
  items: ActionTaken[];
}
/**
 * An alert, without the password that its address may hold.
 *
 * `waiting` messages are still to be sent, `failed` says that the last try did, `sent_at` when one arrived.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "AlertAnswer".
 */
export interface AlertAnswer {
  id: string;
  account: string;
  to: string;
  events: string[];
  zones: string[];
  language: string;
  created_at: string;
  sent_at: string | null;
  failed: boolean;
  waiting: number;
}
/**
 * Alerts, and the hosts that the server may send them to.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Alerts".
 */
export interface Alerts {
  items: AlertAnswer[];
  hosts: string[];
}
/**
 * An answer; fields may be added later.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Answer".
 */
export interface Answer {}
/**
 * The state of every obligation, and what was asked.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "AssessmentAnswer".
 */
export interface AssessmentAnswer {
  accord: string;
  accord_version: number;
  as_of: string;
  known_at: string;
  ruleset: string;
  reading: string | null;
  observations_considered: number;
  obligations: ObligationAnswer[];
  data_current_to: string;
}
/**
 * How an obligation stands, by its title in the language asked for.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "ObligationAnswer".
 */
export interface ObligationAnswer {
  id: string;
  kind: string;
  status:
    | "breached"
    | "overdue"
    | "disputed"
    | "unverified"
    | "in_progress"
    | "not_due"
    | "holding"
    | "met_late"
    | "met";
  probability: number;
  proposition: string;
  p_fulfilled: number;
  p_breached: number;
  finding: string;
  because: string[];
  reasons: ReasonAnswer[];
  evidence: string[];
  counter_evidence: string[];
  since: string | null;
  due: string | null;
  effort_h: number;
  access_refused: number;
  reading_dependent: string[];
  title: string;
}
/**
 * A reason by its message, with the ids that it rests on.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "ReasonAnswer".
 */
export interface ReasonAnswer {
  message: string;
  args: {
    [k: string]: unknown;
  };
  evidence: string[];
}
/**
 * A photograph, by its digest.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Attachment".
 */
export interface Attachment {
  sha256: string;
  media_type: string;
  bytes: number;
  recorded_at: string;
  author: string | null;
}
/**
 * The photographs and files of an observation.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Attachments".
 */
export interface Attachments {
  items: Attachment[];
}
/**
 * What the map is drawn on, and whose it is.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Basemap".
 */
export interface Basemap {
  land: FeatureCollection;
  districts: FeatureCollection;
  towns: FeatureCollection;
  attribution: string[];
}
/**
 * What closes a stretch of a route, in metres from its beginning, with the reports that say so.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Block".
 */
export interface Block {
  kind: string;
  from_m: number;
  to_m: number;
  whole: boolean;
  p: number;
  since: string | null;
  near: string | null;
  at: number[] | null;
  evidence: string[];
}
/**
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Body_attach_to_api_v1_observations__id__attachments_post".
 */
export interface BodyAttachToApiV1Observations_Id_AttachmentsPost {
  /**
   * A JPEG, PNG or WebP picture; EXIF data is removed.
   */
  file: string;
}
/**
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Body_draft_document_api_v1_drafts_document_post".
 */
export interface BodyDraftDocumentApiV1DraftsDocumentPost {
  /**
   * Plain text, HTML, PDF or DOCX, told apart by content.
   */
  file: string;
  published?: string | null;
}
/**
 * A case with its steps, in the edition that the reader may see.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "CaseAnswer".
 */
export interface CaseAnswer {
  case: string;
  state: string;
  opened_at: string;
  since: string;
  obligations: string[];
  observations: string[];
  parties: string[];
  finding: string | null;
  result: string | null;
  next: DueNext | null;
  acts: ActOpen[];
  edition: string;
  steps: StepTaken[];
  title: string | null;
}
/**
 * Who must do what, and until when.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "DueNext".
 */
export interface DueNext {
  what: string;
  who: string[];
  due: string;
  overdue: boolean;
}
/**
 * A step of a case, with what the edition tells of it.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "StepTaken".
 */
export interface StepTaken {
  step: string;
  act: string;
  at: string;
  author?: string | null;
  party?: string | null;
  note?: string | null;
  allegation?: string | null;
  result?: string | null;
  accepts?: boolean | null;
  remedy_by?: string | null;
  /**
   * with the party's key, and the signature holds
   */
  signed: boolean;
}
/**
 * A case in a list. The public is not told its title.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "CaseRow".
 */
export interface CaseRow {
  case: string;
  state: string;
  opened_at: string;
  since: string;
  obligations: string[];
  observations: string[];
  parties: string[];
  finding: string | null;
  result: string | null;
  next: DueNext | null;
  acts: ActOpen[];
  title: string | null;
}
/**
 * A step of a case.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "CaseStep".
 */
export interface CaseStep {
  act: string;
  note: string;
  party?: string | null;
  at?: string | null;
  result?: ("confirmed" | "not_confirmed" | "inconclusive") | null;
  reliability?: string | null;
  credibility?: number | null;
  accepts?: boolean | null;
  remedy_by?: string | null;
  /**
   * @maxItems 200
   */
  observations?: string[];
  /**
   * @maxItems 50
   */
  obligations?: string[];
  /**
   * @maxItems 20
   */
  parties?: string[];
  document?: string | null;
  /**
   * a party's own step, signed with its key
   */
  signed?: Signed | null;
}
/**
 * A signed statement: the content that was prepared; signature and public key in base64 or hex.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Signed".
 */
export interface Signed {
  content: string;
  signature: string;
  public_key: string;
}
/**
 * Cases, the open ones first. `acts` of a case are the steps that the one who asks may take next.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Cases".
 */
export interface Cases {
  items: CaseRow[];
}
/**
 * A one-time code.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Code".
 */
export interface Code {
  code: string;
}
/**
 * Confirms the accord; `seen` is the number of the last entry of the history that was seen.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "ConfirmDraft".
 */
export interface ConfirmDraft {
  seen: number;
}
/**
 * What is in use, and who has confirmed just that.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Confirmation".
 */
export interface Confirmation {
  subject: string;
  digest: string | null;
  state: string;
  must: string[];
  consented_by: string[];
  missing: string[];
  objected_by: string[];
  proposal: string | null;
  signed_digest: string | null;
}
/**
 * An earlier signed head, which the log must continue.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Continues".
 */
export interface Continues {
  head: string;
}
/**
 * A correction, as recorded.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "CorrectionAnswer".
 */
export interface CorrectionAnswer {
  id: string;
  act: string;
  target: string;
  author: string | null;
  reason: string;
  replacement: string | null;
  party: string | null;
  document: string | null;
  recorded_at: string;
}
/**
 * Corrections, as recorded.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Corrections".
 */
export interface Corrections {
  items: CorrectionAnswer[];
}
/**
 * How many observations match, in all and of each family.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Counts".
 */
export interface Counts {
  items: FamilyCount[];
  total: number;
}
/**
 * How many observations of a family match: reported, and invented.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "FamilyCount".
 */
export interface FamilyCount {
  family: string;
  reported: number;
  invented: number;
}
/**
 * The profile of a zone's depth; no sides where no depth is promised from one line.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Depth".
 */
export interface Depth {
  zone: string;
  sides: DepthSide[];
}
/**
 * The depth of a zone on one side of its line: arrays with a value for each station along the line.
 *
 * `s_m` are metres along the line, `depth_m` metres of depth, `places` lon, lat on the line; `limited` where
 * another stretch of the line ends the depth. `bounds` are runs of (s, least, greatest depth) from any line
 * within the 95% bound.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "DepthSide".
 */
export interface DepthSide {
  side: "left" | "right";
  line: string;
  verdict: string;
  certain: boolean;
  length_m: number;
  promised: {
    [k: string]: number;
  }[];
  min_depth_m: number;
  max_depth_m: number;
  mean_depth_m: number;
  share_within: number;
  shortfalls: {
    [k: string]: number;
  }[];
  excesses: {
    [k: string]: number;
  }[];
  s_m: number[];
  depth_m: number[];
  limited: boolean[];
  places: number[][];
  bounds: number[][][];
}
/**
 * Proposals of groups and of what is confirmed, with where each party stands.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Designations".
 */
export interface Designations {
  designations: GroupProposed[];
  subjects: SubjectProposed[];
  in_use: Confirmation[];
  keys: PartyKeyAnswer[];
}
/**
 * A group that somebody proposed for the list of a provision.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "GroupProposed".
 */
export interface GroupProposed {
  proposal: string;
  in_force: boolean;
  disputed: boolean;
  consented_by: string[];
  missing: string[];
  objected_by: string[];
  steps: Signature[];
  designation: string;
  group: string;
}
/**
 * A step that a party signed.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Signature".
 */
export interface Signature {
  act: string;
  party: string;
  recorded_at: string;
}
/**
 * An accord, zone or line that parties confirm by its digest; `in_use` where it is what is used now.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "SubjectProposed".
 */
export interface SubjectProposed {
  proposal: string;
  in_force: boolean;
  disputed: boolean;
  consented_by: string[];
  missing: string[];
  objected_by: string[];
  steps: Signature[];
  subject: string;
  digest: string;
  in_use: boolean;
}
/**
 * A party's public key, and while it counts.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "PartyKeyAnswer".
 */
export interface PartyKeyAnswer {
  party: string;
  public_key: string;
  since: string;
  until: string | null;
}
/**
 * A password for phones and GIS programs, told once.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "DevicePassword".
 */
export interface DevicePassword {
  name: string;
  password: string;
}
/**
 * A draft: its text and sentences (code points), what was drafted, asked and decided, and what it leaves.
 *
 * `drafted` gives provisions and statements by id as they were drafted; `accord` is the accord that the
 * decisions leave; `left` what nobody has decided.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "DraftAnswer".
 */
export interface DraftAnswer {
  id: string;
  document: string;
  author: string;
  made_at: string;
  provisions: number;
  questions: number;
  undecided: number;
  seq: number;
  confirmed: DraftConfirmed[];
  first_bad: number | null;
  text: string;
  sentences: number[][];
  notes: string[];
  drafted: {
    [k: string]: {
      [k: string]: unknown;
    };
  };
  asked: DraftQuestion[];
  accord: {
    [k: string]: unknown;
  };
  decided: {
    [k: string]: DraftDecision;
  };
  left: string[];
  history: DraftDecision[];
  faults: DraftFault[];
  title: {
    [k: string]: string;
  };
}
/**
 * When the accord of a draft was confirmed, by whom, and the SHA-256 of its file.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "DraftConfirmed".
 */
export interface DraftConfirmed {
  seq: number;
  at: string;
  author: string;
  file: string;
  sha256: string;
}
/**
 * What the text leaves open. `target` names it in decisions.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "DraftQuestion".
 */
export interface DraftQuestion {
  target: string;
  provision?: string | null;
  field: string;
  why: string;
}
/**
 * One decision on a draft: who, when, what of which target, and why.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "DraftDecision".
 */
export interface DraftDecision {
  seq: number;
  at: string;
  author: string;
  act: string;
  target: string;
  changes: {
    [k: string]: unknown;
  };
  parts: {
    [k: string]: unknown;
  }[];
  note: string | null;
}
/**
 * What would be wrong with the accord if it were confirmed as it stands.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "DraftFault".
 */
export interface DraftFault {
  message: string;
  path?: string | null;
  code?: string | null;
  found?: string | null;
  accepted?: string | null;
}
/**
 * A draft that is being made, or could not be made.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "DraftBeingMade".
 */
export interface DraftBeingMade {
  id: string;
  name: string;
  state: "waiting" | "making" | "ready" | "failed";
  step: string | null;
  asked_at: string;
  draft: string | null;
  failed: {
    [k: string]: unknown;
  } | null;
}
/**
 * A draft in a list: how many provisions and questions it has, and how many are not decided.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "DraftRow".
 */
export interface DraftRow {
  id: string;
  document: string;
  author: string;
  made_at: string;
  provisions: number;
  questions: number;
  undecided: number;
  seq: number;
  confirmed: DraftConfirmed[];
  first_bad: number | null;
  title: {
    [k: string]: string;
  };
}
/**
 * The drafts, the newest first, and those that are being made; `kept`: also after the server ends.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Drafts".
 */
export interface Drafts {
  items: DraftRow[];
  making: DraftBeingMade[];
  kept: boolean;
}
/**
 * How long somebody looked, by area and day, and where access was refused.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Effort".
 */
export interface Effort {
  items: EffortDay[];
}
/**
 * What was watched on a day in a zone (none: outside of all), and how often access was not given.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "EffortDay".
 */
export interface EffortDay {
  day: string;
  zone: string | null;
  hours: number;
  reports: number;
  refused: number;
  delayed: number;
}
/**
 * What an id stands for, and why.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Explanation".
 */
export interface Explanation {
  id: string;
  type: string;
}
/**
 * Something by one of its names; `bbox` is west, south, east, north in degrees.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "FoundPlace".
 */
export interface FoundPlace {
  id: string;
  kind: "place" | "zone" | "sector" | "route" | "town" | "district";
  name: string;
  names: {
    [k: string]: string;
  };
  lon: number;
  lat: number;
  /**
   * @minItems 4
   * @maxItems 4
   */
  bbox: [number, number, number, number];
  error_m: number | null;
}
/**
 * The last head of the log.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Head".
 */
export interface Head {
  origin: string;
  size: number;
  root: string;
  signed: boolean;
  note: string | null;
  keys: string[];
}
/**
 * A kind of observation, by language.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "KindName".
 */
export interface KindName {
  id: string;
  kind: string;
  family: string | null;
  label: {
    [k: string]: string;
  };
}
/**
 * The vocabulary of observations.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Kinds".
 */
export interface Kinds {
  kinds: KindName[];
}
/**
 * What was made: its name, size, SHA-256 and what it is of.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "MadeFile".
 */
export interface MadeFile {
  file?: string | null;
  bytes?: number | null;
  sha256?: string | null;
  as_of?: string | null;
  known_at?: string | null;
  rows?: number | null;
  publication?: string | null;
  assessment_sha256?: string | null;
  draft?: string | null;
}
/**
 * A place that the accord names.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "NamedPlace".
 */
export interface NamedPlace {
  id: string;
  names: {
    [k: string]: string;
  };
  error_m: number | null;
}
/**
 * An account to be made.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "NewAccount".
 */
export interface NewAccount {
  name: string;
  role: string;
  party?: string | null;
  password?: string | null;
  language?: string | null;
  subject?: string | null;
}
/**
 * An alert: an address of Apprise (json://, jsons://, mailto://, mailtos://), of what, of which zones.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "NewAlert".
 */
export interface NewAlert {
  to: string;
  /**
   * @minItems 1
   * @maxItems 2
   */
  events: ("status" | "entry")[];
  /**
   * @maxItems 50
   */
  zones?: string[];
}
/**
 * A case to be opened.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "NewCase".
 */
export interface NewCase {
  allegation: string;
  /**
   * @maxItems 200
   */
  observations?: string[];
  /**
   * @maxItems 50
   */
  obligations?: string[];
  /**
   * @maxItems 20
   */
  parties?: string[];
  reporter?: string | null;
  title: string;
}
/**
 * A correction: what is recorded stays, and this is recorded beside it.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "NewCorrection".
 */
export interface NewCorrection {
  act: "supersede" | "retract" | "reinstate" | "dispute" | "undispute" | "support";
  target: string;
  reason: string;
  /**
   * for supersede: fields and their corrected values as text
   */
  changes?: {
    [k: string]: string;
  } | null;
  party?: string | null;
  document?: string | null;
  /**
   * a party's position, signed with its key
   */
  signed?: Signed | null;
}
/**
 * A decision on a target of a draft; `seen` is the number of the last one on it that was seen, or 0.
 *
 * `changes` are fields as in the accord file, null taking one away: of the provision for `correct` and
 * `add`, of the head for `head`, of the part for `part`. An `answer` says
 * `provision` and `fields`, or `head`.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "NewDecision".
 */
export interface NewDecision {
  act: "confirm" | "correct" | "reject" | "reopen" | "add" | "answer" | "leave_open" | "head" | "part";
  target: string;
  seen?: number;
  changes?: {
    [k: string]: unknown;
  };
  /**
   * @maxItems 20
   */
  parts?: {
    [k: string]: unknown;
  }[];
  note?: string | null;
}
/**
 * A text that was typed or pasted, to be drafted; the day on which it was published.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "NewDraft".
 */
export interface NewDraft {
  text: string;
  name: string;
  published?: string | null;
}
/**
 * What somebody reports. Times are ISO 8601; a date alone is that whole day in the accord's time zone.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "NewObservation".
 */
export interface NewObservation {
  kind: string;
  occurred: {
    [k: string]: string;
  };
  /**
   * GeoJSON, lon, lat on WGS 84
   */
  geometry?: {
    [k: string]: unknown;
  } | null;
  error_m?: number | null;
  place?: string | null;
  /**
   * @maxItems 20
   */
  actors?: string[];
  /**
   * @maxItems 20
   */
  targets?: string[];
  subject?: string | null;
  weapon_class?: string | null;
  calibre_mm?: number | null;
  equipment?: string | null;
  serial?: string | null;
  count?: number | null;
  fatalities?: number | null;
  injured?: number | null;
  effort_h?: number | null;
  method?: string | null;
  observed_from?: string | null;
  reliability?: string | null;
  credibility?: number | null;
  claim?: boolean;
  report?: string | null;
  source?: string | null;
  /**
   * of a party's submissions: whether only monitors see it; true if not given
   */
  confidential?: boolean | null;
}
/**
 * What is to be made: a data product (`data`) or a report of the mission, in an edition of the role.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "NewOrder".
 */
export interface NewOrder {
  what: "data" | "report";
  format: "gpkg" | "geojson" | "csv" | "parquet" | "zip" | "html" | "pdf" | "docx";
  edition: "public" | "parties" | "internal";
  /**
   * of data: only these; all if none is named
   *
   * @maxItems 40
   */
  layers?: string[];
  as_of?: string | null;
  known_at?: string | null;
  reading?: string | null;
  /**
   * of data: only observations that count
   */
  standing?: boolean;
  licence?: string | null;
  period?: "all" | "day" | "week" | "month";
  language?: "en" | "ar" | "ru" | "tr";
  paper?: "a4" | "letter";
  /**
   * of a report: its assessment and digest enter the log
   */
  publish?: boolean;
}
/**
 * One report of one thing by one source, as the reader may see it: what its role is not told is null.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Observation".
 */
export interface Observation {
  id: string;
  kind: string;
  family: string | null;
  place: string | null;
  lon: number | null;
  lat: number | null;
  error_m: number | null;
  geometry: Geometry | null;
  occurred_from: string;
  occurred_to: string;
  observed_at: string | null;
  reported_at: string | null;
  recorded_at: string;
  actors: string[];
  targets: string[];
  subject: string | null;
  weapon_class: string | null;
  calibre_mm: number | null;
  equipment: string | null;
  count: number | null;
  fatalities: number | null;
  injured: number | null;
  effort_h: number | null;
  source: string | null;
  method: string | null;
  observed_from: string | null;
  reliability: string | null;
  credibility: number | null;
  claim: boolean;
  synthetic: boolean;
  report: string | null;
  origin_file: string | null;
  origin_row: number | null;
  origin_sha256: string | null;
  origin_url: string | null;
  supersedes: string | null;
  retracted: boolean;
  superseded: boolean;
  disputed: boolean;
  counts: boolean;
  title: string;
}
/**
 * A page of observations. `total` counts all that match, `next` is the cursor of the page after this.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Observations".
 */
export interface Observations {
  items: Observation[];
  total: number;
  next: string | null;
  version: number;
}
/**
 * An order and what became of it: `waiting`, `making`, `ready` or `failed` (a problem as RFC 9457).
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Order".
 */
export interface Order {
  id: string;
  what: string;
  format: string;
  edition: string;
  language: string;
  period: string;
  layers: string[];
  publish: boolean;
  name: string;
  state: "waiting" | "making" | "ready" | "failed";
  step: string | null;
  asked_at: string;
  ended_at: string | null;
  expires_at: string | null;
  made: MadeFile | null;
  failed: {
    [k: string]: unknown;
  } | null;
}
/**
 * The account's orders, the newest first; what may be ordered: editions, layers of each, formats.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Orders".
 */
export interface Orders {
  items: Order[];
  editions: string[];
  layers: {
    [k: string]: string[];
  };
  may_publish: boolean;
}
/**
 * A session of one's own. `this`: the one that asks.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "OwnSession".
 */
export interface OwnSession {
  id: string;
  created_at: string;
  seen_at: string;
  expires_at: string;
  this: boolean;
}
/**
 * One's own sessions, the newest first.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "OwnSessions".
 */
export interface OwnSessions {
  items: OwnSession[];
}
/**
 * What a party wants to answer or appeal, and sign.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "OwnStep".
 */
export interface OwnStep {
  act: "answer" | "appeal";
  note: string;
  accepts?: boolean | null;
  remedy_by?: string | null;
}
/**
 * A party or a group that the accord names.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "PartyAnswer".
 */
export interface PartyAnswer {
  id: string;
  names: {
    [k: string]: string;
  };
  role: string;
}
/**
 * The own password, replaced.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "PasswordChange".
 */
export interface PasswordChange {
  old: string;
  new: string;
}
/**
 * The findings on patrols that are kept, oldest first.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Patrols".
 */
export interface Patrols {
  items: Shown[];
}
/**
 * What patrols' tracks showed: counts and shares of one finding that is kept.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Shown".
 */
export interface Shown {
  id: string;
  kept_at: string;
}
/**
 * What bears a name like what was asked for, in any script.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Places".
 */
export interface Places {
  items: FoundPlace[];
}
/**
 * What a party wants to say, and sign, of an obligation or a finding.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Position".
 */
export interface Position {
  act: "dispute" | "undispute" | "support";
  target: string;
  reason: string;
}
/**
 * What a party wants to sign.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Prepare".
 */
export interface Prepare {
  act: "propose" | "consent" | "object" | "withdraw";
  group?: string | null;
  /**
   * accord, zone:ID or line:ID
   */
  subject?: string | null;
  proposal?: string | null;
}
/**
 * RFC 9457 problem details. `code` is stable and listed in the reference of errors.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Problem".
 */
export interface Problem {
  type: string;
  detail: string;
  status: number;
  code?: string | null;
  hint?: string | null;
  title: string;
}
/**
 * The Admiralty rating of an observation.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Rating".
 */
export interface Rating {
  reliability?: string | null;
  credibility?: number | null;
  reason: string;
}
/**
 * Who read which kinds of sensitive data, and when.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Reading".
 */
export interface Reading {
  seq: number;
  at: string;
  account: string | null;
  name: string | null;
  role: string;
  party: string | null;
  kinds: string[];
  what: string;
}
/**
 * A way to read the text, of which interpretation, and which of its readings is adopted.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "ReadingOffered".
 */
export interface ReadingOffered {
  id: string;
  text:
    | string
    | {
        [k: string]: string;
      }
    | null;
  interpretation: string;
  adopted: string;
}
/**
 * The log of readings, newest first; `next` is what `before` is for the page after.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Readings".
 */
export interface Readings {
  items: Reading[];
  next: number | null;
  first_bad: number | null;
}
/**
 * What was recorded, and under which id.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Recorded".
 */
export interface Recorded {
  id: string | null;
  added: number;
  duplicates: number;
}
/**
 * What becomes confidential, or is opened again.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Restriction".
 */
export interface Restriction {
  act: "restrict" | "release";
  subject: "source" | "observation";
  target: string;
  party?: string | null;
  reason: string;
}
/**
 * How a route stands, and why.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "RouteAnswer".
 */
export interface RouteAnswer {
  id: string;
  name: string;
  status: string;
  since: string | null;
  finding: string;
  p_open: number;
  p_closed: number;
  p_unknown: number;
  length_m: number;
  blocks: Block[];
  days_without_incident: number | null;
  last_incident: string | null;
  because: string[];
}
/**
 * How each route stands.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Routes".
 */
export interface Routes {
  routes: RouteAnswer[];
}
/**
 * The new secret for one-time codes, which counts once a code of it was given.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "SecondFactor".
 */
export interface SecondFactor {
  secret: string;
  address: string;
}
/**
 * The statuses at several instants.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Series".
 */
export interface Series {
  known_at: string;
  steps: Step[];
}
/**
 * All statuses at an instant.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Step".
 */
export interface Step {
  as_of: string;
  obligations: StatusThen[];
}
/**
 * An obligation's status at an instant.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "StatusThen".
 */
export interface StatusThen {
  id: string;
  status:
    | "breached"
    | "overdue"
    | "disputed"
    | "unverified"
    | "in_progress"
    | "not_due"
    | "holding"
    | "met_late"
    | "met";
  probability: number;
  since: string | null;
  due: string | null;
}
/**
 * Who is signed in, what they may do, and the token that writes must carry as X-CSRF-Token.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "SessionAnswer".
 */
export interface SessionAnswer {
  user: User | null;
  role: Role;
  party: string | null;
  csrf: string | null;
  can: {
    [k: string]: string;
  };
  expires_at?: string | null;
  provider?: string | null;
}
/**
 * Who is signed in.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "User".
 */
export interface User {
  id: string;
  name: string;
  role: string;
  party: string | null;
  language: string | null;
  second_factor: boolean;
}
/**
 * Name, password and, where the account asks for it, a one-time code.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "SignIn".
 */
export interface SignIn {
  name: string;
  password: string;
  code?: string | null;
  /**
   * In place of a first password, which nobody keeps.
   */
  new_password?: string | null;
}
/**
 * Somebody signed in, or tried to. `account` is null where there is none of the name that was given.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "SignInAnswer".
 */
export interface SignInAnswer {
  seq: number;
  at: string;
  account: string | null;
  name: string | null;
  outcome: string;
  way: string;
  address: string;
}
/**
 * Who signed in or tried to, newest first; `next` is what `before` is for the page after.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "SignIns".
 */
export interface SignIns {
  items: SignInAnswer[];
  next: number | null;
}
/**
 * Where the proposal stands after a statement that was signed: of a subject, or of a group.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "SignedStep".
 */
export interface SignedStep {
  proposal: string;
  in_force: boolean;
  disputed: boolean;
  consented_by: string[];
  missing: string[];
  objected_by: string[];
  steps: Signature[];
  subject: string;
  group?: string | null;
}
/**
 * Reports that may be of the same, the likeliest first.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Similar".
 */
export interface Similar {
  items: SimilarObservation[];
}
/**
 * A report that may be of the same: how likely, and why.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "SimilarObservation".
 */
export interface SimilarObservation {
  id: string;
  kind: string;
  family: string | null;
  place: string | null;
  lon: number | null;
  lat: number | null;
  error_m: number | null;
  geometry: Geometry | null;
  occurred_from: string;
  occurred_to: string;
  observed_at: string | null;
  reported_at: string | null;
  recorded_at: string;
  actors: string[];
  targets: string[];
  subject: string | null;
  weapon_class: string | null;
  calibre_mm: number | null;
  equipment: string | null;
  count: number | null;
  fatalities: number | null;
  injured: number | null;
  effort_h: number | null;
  source: string | null;
  method: string | null;
  observed_from: string | null;
  reliability: string | null;
  credibility: number | null;
  claim: boolean;
  synthetic: boolean;
  report: string | null;
  origin_file: string | null;
  origin_row: number | null;
  origin_sha256: string | null;
  origin_url: string | null;
  supersedes: string | null;
  retracted: boolean;
  superseded: boolean;
  disputed: boolean;
  counts: boolean;
  score: number;
  why?: string | null;
  title: string;
}
/**
 * What the party's key has to sign: `content` as UTF-8, with Ed25519.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Statement".
 */
export interface Statement {
  content: string;
  sign: string;
}
/**
 * How obligations went over the weeks before an instant (which is left out).
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Trend".
 */
export interface Trend {
  known_at: string;
  as_of: string[];
  obligations: TrendRow[];
}
/**
 * An obligation's statuses and probabilities, one for each instant; None where it was not there yet.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "TrendRow".
 */
export interface TrendRow {
  id: string;
  status: (
    | (
        | "breached"
        | "overdue"
        | "disputed"
        | "unverified"
        | "in_progress"
        | "not_due"
        | "holding"
        | "met_late"
        | "met"
      )
    | null
  )[];
  probability: (number | null)[];
}
/**
 * Whether the record is complete and unchanged, and how many faults were found.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Verified".
 */
export interface Verified {
  ok: boolean;
  origin: string;
  size: number;
  root: string;
  signed_size: number | null;
  findings: number;
}
/**
 * How much was watched: beside a count it says what a zero means.
 *
 * `cells` are those of the zones (of the whole region where there are none), of `cell_deg` degrees;
 * `cells_nobody` those of them in which nobody looked, `nobody_share` their share.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "Watched".
 */
export interface Watched {
  hours: number;
  reports: number;
  days: number;
  refused: number;
  delayed: number;
  cells: number;
  cells_nobody: number;
  nobody_share: number;
  cell_deg: number;
  zones: {
    [k: string]: WatchedZone;
  };
}
/**
 * How long a zone was watched, by how many reports, and on how many days (UTC).
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "WatchedZone".
 */
export interface WatchedZone {
  hours: number;
  reports: number;
  days: number;
}
/**
 * What the application needs to know first.
 *
 * This interface was referenced by `Schemas`'s JSON-Schema
 * via the `definition` "WorkspaceAnswer".
 */
export interface WorkspaceAnswer {
  id: string;
  version: number;
  status: string;
  signed: string | null;
  time_zone: string;
  languages: string[];
  region: [number, number, number, number] | null;
  parties: PartyAnswer[];
  places: NamedPlace[];
  readings: ReadingOffered[];
  data_current_to: string | null;
  first: string | null;
  last: string | null;
  observations: number;
  title: {
    [k: string]: string;
  };
}
