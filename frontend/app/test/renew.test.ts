import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { renew } from "../src/server/renew";

describe("what was read is read again", () => {
  it("also where its first reading began before the record grew and answers after", async () => {
    const client = new QueryClient();
    const answers: ((value: string) => void)[] = [];
    const observer = new QueryObserver(client, {
      queryKey: ["case"],
      queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
    });
    const stop = observer.subscribe(() => {});
    expect(answers).toHaveLength(1);
    const renewed = renew(client);
    answers[0]?.("before");
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(answers).toHaveLength(2);
    answers[1]?.("after");
    await renewed;
    expect(observer.getCurrentResult().data).toBe("after");
    stop();
    client.clear();
  });

  it("but only what was named", async () => {
    const client = new QueryClient();
    const asked: string[] = [];
    const stops = ["case", "zone"].map((key) =>
      new QueryObserver(client, {
        queryKey: [key],
        queryFn: async () => {
          asked.push(key);
          return key;
        },
      }).subscribe(() => {}),
    );
    await new Promise((resolve) => setTimeout(resolve, 0));
    await renew(client, { queryKey: ["case"] });
    await renew(client, { predicate: (query) => query.queryKey[0] !== "zone" });
    expect(asked).toEqual(["case", "zone", "case", "case"]);
    for (const stop of stops) stop();
    client.clear();
  });
});
