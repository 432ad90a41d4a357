// The likelihood scale of the IPCC (Mastrandrea et al. 2010), as the reports use it: lower bounds of each term.
const SCALE: readonly (readonly [number, string])[] = [
  [0.99, "virtually-certain"],
  [0.9, "very-likely"],
  [0.66, "likely"],
  [0.33, "even"],
  [0.1, "unlikely"],
  [0.01, "very-unlikely"],
  [0, "exceptionally-unlikely"],
];

/** The message that says a probability in words. */
export const likelihood = (p: number): string =>
  `likelihood-${SCALE.find(([bound]) => p >= bound - 1e-12)?.[1] ?? "exceptionally-unlikely"}`;

/** The message that says what a verdict's probability is of: `claim-done`, `claim-not-done`… */
export const claimOf = (proposition: string): string => `claim-${proposition.replaceAll(" ", "-")}`;
