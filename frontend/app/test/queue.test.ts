import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { waitingOf } from "../src/offline/kept";
import { drain, sendOrWait } from "../src/offline/queue";

interface Sent {
  key: string | null;
  body: unknown;
}

let sent: Sent[];
let answer: (request: Sent) => Response | Promise<Response>;

beforeEach(() => {
  sent = [];
  answer = () => Response.json({ id: "obs-1" }, { status: 201 });
  vi.stubGlobal("fetch", (_path: string, init: RequestInit) => {
    const one = {
      key: new Headers(init.headers).get("Idempotency-Key"),
      body: JSON.parse(String(init.body)) as unknown,
    };
    sent.push(one);
    return Promise.resolve().then(() => answer(one));
  });
});

const unreachable = (): never => {
  throw new TypeError("Failed to fetch");
};

describe("entries made without a connection", () => {
  it("wait, and are sent later under the key that they were made with", async () => {
    answer = unreachable;
    expect((await sendOrWait("amina", "/x", { n: 1 })).state).toBe("waiting");
    expect(await waitingOf("amina")).toHaveLength(1);
    answer = () => Response.json({}, { status: 201 });
    expect(await drain("amina")).toBe(1);
    expect(await waitingOf("amina")).toEqual([]);
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
  });

  it("keep their key when the answer was lost on the way, so that the server takes them once", async () => {
    const taken = new Map<string | null, unknown>();
    answer = (request) => {
      taken.set(request.key, request.body);
      return unreachable();
    };
    await sendOrWait("boris", "/x", { n: 1 });
    answer = (request) => {
      taken.set(request.key, request.body);
      return Response.json({}, { status: 201 });
    };
    await drain("boris");
    expect(sent).toHaveLength(2);
    expect(taken.size).toBe(1);
  });

  it("arrive in the order in which they were made", async () => {
    answer = unreachable;
    for (const n of [1, 2, 3]) {
      await sendOrWait("chen", "/x", { n });
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    sent = [];
    answer = () => Response.json({}, { status: 201 });
    await drain("chen");
    expect(sent.map(({ body }) => body)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it("stay when the server refuses them later, with its reason, and are not sent again", async () => {
    answer = unreachable;
    await sendOrWait("dina", "/x", { n: 1 });
    answer = () => Response.json({ detail: "the day lies ahead" }, { status: 422 });
    expect(await drain("dina")).toBe(0);
    expect((await waitingOf("dina"))[0]?.refused).toBe("the day lies ahead");
    const before = sent.length;
    await drain("dina");
    expect(sent).toHaveLength(before);
  });

  it("are told at once when the server refuses them at once", async () => {
    answer = () => Response.json({ detail: "no such kind" }, { status: 422 });
    await expect(sendOrWait("emil", "/x", {})).rejects.toThrow("no such kind");
    expect(await waitingOf("emil")).toEqual([]);
  });

  it("are not sent twice at once when a look at what waits comes while one is on its way", async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    answer = async () => {
      await held;
      return Response.json({}, { status: 201 });
    };
    const first = sendOrWait("hana", "/x", { n: 1 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await drain("hana")).toBe(0);
    release();
    expect((await first).state).toBe("arrived");
    expect(sent).toHaveLength(1);
  });

  it("of one account are not sent by another", async () => {
    answer = unreachable;
    await sendOrWait("fadi", "/x", { n: 1 });
    answer = () => Response.json({}, { status: 201 });
    expect(await drain("galina")).toBe(0);
    expect(await waitingOf("fadi")).toHaveLength(1);
  });
});
