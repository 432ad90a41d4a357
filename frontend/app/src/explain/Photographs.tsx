import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { api } from "../server/api";
import { renew } from "../server/renew";
import { useHere } from "../server/session";
import { useWords } from "../words/Words";
import { SectionTitle } from "./SectionTitle";

/** The photographs of a report; the server takes their EXIF data away. */
export function Photographs({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const { may } = useHere();
  const client = useQueryClient();
  const [failed, setFailed] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ["attachments", id],
    queryFn: () => api.attachments(id),
    enabled: may("reporters"),
  });
  if (!may("reporters")) return null;
  const add = async (file: File): Promise<void> => {
    setFailed(null);
    try {
      await api.attach(id, file);
      await renew(client, { queryKey: ["attachments", id] });
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    }
  };
  const items = query.data?.items ?? [];
  return (
    <section>
      <SectionTitle>{say("app-photographs")}</SectionTitle>
      <ul className="photographs">
        {items.map((one, at) => (
          <li key={one.sha256}>
            <a href={api.attachmentAddress(id, one.sha256)} target="_blank" rel="noreferrer">
              <img
                src={api.attachmentAddress(id, one.sha256)}
                alt={say("app-photograph", { number: at + 1 })}
              />
            </a>
          </li>
        ))}
      </ul>
      {may("record") && (
        <label className="form">
          {say("app-photograph-add")}
          <input
            type="file"
            accept="image/jpeg,image/png,image/webp"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file) void add(file);
            }}
          />
        </label>
      )}
      {failed && (
        <p className="form-error" role="alert">
          {failed}
        </p>
      )}
    </section>
  );
}
