import type { ReactNode } from "react";

/** What came of sending a form: why it was refused, or that it was taken. */
export function Outcome({ failed, told }: { failed: string | null; told?: string | null }): ReactNode {
  return (
    <>
      {failed && (
        <p className="form-error" role="alert">
          {failed}
        </p>
      )}
      {told && <p role="status">{told}</p>}
    </>
  );
}
