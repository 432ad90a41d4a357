import { createContext, type ReactNode, useContext } from "react";

/** The level of headings below the title of what is explained: on a page of its own they stand one higher. */
export const SectionLevel = createContext<2 | 3>(3);

export function SectionTitle({ children }: { children: ReactNode }): ReactNode {
  const level = useContext(SectionLevel);
  return level === 2 ? (
    <h2 className="section-title">{children}</h2>
  ) : (
    <h3 className="section-title">{children}</h3>
  );
}
