// Things without a page of their own (lines, zones, proposals, cases) are shown as what the record says of them.
import type { ReactNode } from "react";
import { to } from "../address/useAddress";
import { useWords } from "../words/Words";

export function Document({
  explained,
  page,
}: {
  explained: { id: string; type: string };
  page: boolean;
}): ReactNode {
  const { say } = useWords();
  const Title = page ? "h1" : "h2";
  const { id, type, ...rest } = explained;
  return (
    <>
      <Title className="explain-title" dir="ltr">
        {type}: {id}
      </Title>
      <Value value={rest} />
      <p className="quiet-text">
        <a href={to("log", id)}>{say("app-prove")}</a>
      </p>
    </>
  );
}

const MOST = 200;

function Value({ value }: { value: unknown }): ReactNode {
  const { say } = useWords();
  if (value === null || value === undefined || value === "") return <span className="quiet-text">–</span>;
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="quiet-text">–</span>;
    return (
      <ul className="values">
        {value.slice(0, MOST).map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a document's list does not change its order
          <li key={at}>
            <Value value={one} />
          </li>
        ))}
        {value.length > MOST && <li>{say("app-more", { count: value.length - MOST })}</li>}
      </ul>
    );
  }
  if (typeof value === "object")
    return (
      <dl className="facts facts-plain">
        {Object.entries(value).map(([name, inner]) => (
          <div key={name}>
            <dt dir="ltr">{name.replaceAll("_", " ")}</dt>
            <dd>
              <Value value={inner} />
            </dd>
          </div>
        ))}
      </dl>
    );
  return <bdi>{String(value)}</bdi>;
}
