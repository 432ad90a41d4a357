// One way to the server: the same origin, JSON, errors as RFC 9457 problems.

export interface ProblemBody {
  type?: string;
  title?: string;
  detail?: string;
  code?: string;
  status?: number;
  field?: string;
  errors?: { detail?: string; message?: string; field?: string; path?: string }[];
}

/** The server answered that it will not. */
export class Problem extends Error {
  readonly status: number;
  readonly body: ProblemBody;
  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.name = "Problem";
    this.status = status;
    this.body = body;
  }
  get code(): string {
    return this.body.code ?? "";
  }
}

/** The server was not reached. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("the server is not reached", { cause });
    this.name = "Unreachable";
  }
}

let csrf = "";
export const setCsrf = (token: string): void => {
  csrf = token;
};

let onUnsigned: () => void = () => {};
/** What happens when the server says that nobody is signed in any more. */
export const whenUnsigned = (act: () => void): void => {
  onUnsigned = act;
};

export type Asked = Record<string, string | number | boolean | readonly string[] | null | undefined>;

export function withQuery(path: string, asked: Asked = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    if (value === null || value === undefined || value === "" || value === false) continue;
    query.set(name, Array.isArray(value) ? value.join(",") : String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

async function answered<T>(request: Promise<Response>): Promise<T> {
  let response: Response;
  try {
    response = await request;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable(error);
  }
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  let body: ProblemBody = {};
  try {
    body = (await response.json()) as ProblemBody;
  } catch {
    // A gateway's page is no problem document; its status says enough.
  }
  if (response.status === 401) onUnsigned();
  throw new Problem(response.status, body);
}

export function ask<T>(path: string, asked: Asked = {}, signal?: AbortSignal): Promise<T> {
  return answered<T>(
    fetch(withQuery(path, asked), {
      headers: { Accept: "application/json, application/geo+json;q=0.9" },
      credentials: "same-origin",
      ...(signal ? { signal } : {}),
    }),
  );
}

export function send<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
  { key }: { key?: string } = {},
): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (csrf) headers["X-CSRF-Token"] = csrf;
  if (key) headers["Idempotency-Key"] = key;
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers["Content-Type"] = "application/json";
  return answered<T>(
    fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    }),
  );
}
