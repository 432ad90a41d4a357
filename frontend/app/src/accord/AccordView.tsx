import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { go, to } from "../address/useAddress";
import { StatusBadge } from "../marks/Sign";
import { Empty, Shown } from "../marks/States";
import { type AccordDocument, api } from "../server/api";
import { useHere } from "../server/session";
import { useWhen } from "../server/when";
import { nameIn } from "../words/languages";
import { useWords } from "../words/Words";
import { type Piece, pieces } from "./marked";

/** The text beside the provisions that quote it. */
export default function AccordView({ thing }: { thing: string }): ReactNode {
  const query = useQuery({ queryKey: ["accord"], queryFn: api.accord });
  return <Shown query={query}>{(accord) => <Filled accord={accord} chosen={thing} />}</Shown>;
}

function Filled({ accord, chosen }: { accord: AccordDocument; chosen: string }): ReactNode {
  const { say, formats, language } = useWords();
  const { workspace } = useHere();
  const when = useWhen();
  const assessment = useQuery({ queryKey: ["assessment", when], queryFn: () => api.assessment(when) });
  const [over, setOver] = useState("");

  useEffect(() => {
    if (!chosen) return;
    document.querySelector(`[data-quotes~="${CSS.escape(chosen)}"]`)?.scrollIntoView({ block: "center" });
    document.getElementById(`provision-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  const statusOf = (id: string): ReactNode => {
    const found = assessment.data?.obligations.find((one) => one.id === id);
    return found && <StatusBadge status={found.status} />;
  };
  const lit = over || chosen;

  return (
    <div className="accord">
      <header className="accord-head">
        <h1>{nameIn(workspace.title, language)}</h1>
        <p className="quiet-text">
          {workspace.signed && `${say("fact-signed")} ${formats.day(`${workspace.signed}T12:00:00Z`)} · `}
          {say("fact-version", {
            status: say(`accord-status-${workspace.status}`),
            version: String(workspace.version),
          })}
        </p>
      </header>
      <section className="accord-text" aria-label={say("section-texts")}>
        {accord.sources.map((source) => (
          <Text key={source.id} source={source} accord={accord} lit={lit} setOver={setOver} />
        ))}
      </section>
      <section className="accord-provisions" aria-label={say("app-provisions")}>
        <h2>{say("app-provisions")}</h2>
        <ol className="provisions">
          {accord.provisions.map((one) => (
            <li
              key={one.id}
              id={`provision-${one.id}`}
              className={one.id === lit ? "provision provision-lit" : "provision"}
              onMouseEnter={() => setOver(one.id)}
              onMouseLeave={() => setOver("")}
            >
              <p className="provision-head">
                <a href={to("accord", one.id)} aria-current={one.id === chosen ? "true" : undefined}>
                  <bdi>{nameIn(one.title, language) || one.id}</bdi>
                </a>
                {statusOf(one.id)}
              </p>
              <p className="quiet-text">
                {say(`kind-${one.kind}`)}
                {(one.quotes ?? []).length > 0 &&
                  ` · ${say("app-quotes", { count: (one.quotes ?? []).length })}`}{" "}
                · <a href={to("explain", one.id)}>{say("app-view-explain")}</a>
              </p>
            </li>
          ))}
        </ol>
        <h2>{say("section-readings")}</h2>
        <p className="quiet-text">{say("readings-hint")}</p>
        {accord.interpretations.length === 0 && <Empty>{say("app-no-questions")}</Empty>}
        {accord.interpretations.map((one) => (
          <article key={one.id} className="reading">
            <h3 dir="auto">{nameIn(one.question, language)}</h3>
            <ul>
              {one.readings.map((reading) => (
                <li key={reading.id}>
                  <span dir="auto">{nameIn(reading.text, language) || reading.id}</span>{" "}
                  {reading.id === one.adopted && <span className="tag">{say("readings-adopted")}</span>}
                  {(reading.held_by ?? []).length > 0 && (
                    <span className="quiet-text">
                      {" "}
                      {say("readings-held", {
                        who: formats.list(
                          (reading.held_by ?? []).map(
                            (id) =>
                              nameIn(workspace.parties.find((party) => party.id === id)?.names, language) ||
                              id,
                          ),
                        ),
                      })}
                    </span>
                  )}{" "}
                  <button
                    type="button"
                    className="link"
                    onClick={() => go(to("board", "", { reading: reading.id }))}
                  >
                    {say("app-assess-so")}
                  </button>
                </li>
              ))}
            </ul>
          </article>
        ))}
        {accord.questions.length > 0 && (
          <>
            <h2>{say("comparison-questions")}</h2>
            <ul>
              {accord.questions.map((one) => (
                <li key={`${one.provision} ${one.field}`} dir="auto">
                  {one.why}
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}

interface TextGiven {
  source: AccordDocument["sources"][number];
  accord: AccordDocument;
  lit: string;
  setOver(id: string): void;
}

function Text({ source, accord, lit, setOver }: TextGiven): ReactNode {
  const { say, formats, language } = useWords();
  const paragraphs = useMemo(() => {
    if (!source.text) return [];
    const spans = accord.provisions.flatMap((one) =>
      (one.quotes ?? [])
        .filter((quote) => quote.source === source.id)
        .map((quote) => ({ ...quote, id: one.id })),
    );
    return byParagraph(pieces(source.text, spans));
  }, [source, accord]);
  return (
    <article lang={source.language ?? undefined} dir={source.language === "ar" ? "rtl" : "ltr"}>
      <h2>{nameIn(source.title, language)}</h2>
      <p className="quiet-text">
        {[
          source.publisher,
          source.date && say("texts-published", { day: formats.day(`${source.date}T12:00:00Z`) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {!source.text && <p>{say("texts-no-text")}</p>}
      {paragraphs.map((paragraph, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text's paragraphs do not change their order
        <p key={at}>
          {paragraph.map((piece, number) =>
            piece.ids.length === 0 ? (
              piece.text
            ) : (
              <mark
                // biome-ignore lint/suspicious/noArrayIndexKey: nor do its pieces
                key={number}
                data-quotes={piece.ids.join(" ")}
                className={piece.ids.includes(lit) ? "lit" : ""}
              >
                <a
                  href={to("accord", piece.ids[0])}
                  onMouseEnter={() => setOver(piece.ids[0] ?? "")}
                  onMouseLeave={() => setOver("")}
                >
                  {piece.text}
                </a>
              </mark>
            ),
          )}
        </p>
      ))}
    </article>
  );
}

function byParagraph(all: readonly Piece[]): Piece[][] {
  const paragraphs: Piece[][] = [[]];
  for (const piece of all) {
    piece.text.split(/\n\s*\n/).forEach((text, at) => {
      if (at > 0) paragraphs.push([]);
      if (text !== "") paragraphs.at(-1)?.push({ text, ids: piece.ids });
    });
  }
  return paragraphs.filter((one) => one.some((piece) => piece.text.trim() !== ""));
}
