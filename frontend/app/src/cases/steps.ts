// Which steps may follow in each state; the same table as truceline.evidence.cases.ALLOWED. The server has the last word.
export const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  alleged: ["inquiry", "link", "withdraw", "close"],
  inquiry: ["visit", "visit_refused", "finding", "link", "withdraw", "close"],
  site_visit: ["visit", "visit_refused", "finding", "link", "withdraw", "close"],
  found: ["answer", "appeal", "close"],
  answered: ["answer", "remedy", "appeal", "close"],
  remedied: ["remedy", "appeal", "close"],
  appealed: ["inquiry", "finding", "close"],
  closed: ["reopen"],
  withdrawn: ["reopen"],
};

export const OF_PARTIES: readonly string[] = ["answer", "appeal"];
