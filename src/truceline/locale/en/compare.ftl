# What stands against reading more into a comparison's numbers. Sentences are built round labels and numbers, so that
# they need no plural forms where that can be avoided.

## Before and after a day

caveat-reported = These are incidents that somebody reported: what nobody saw or told is not in them, and how true each report is was not weighed.
caveat-effort-both = Hours for which somebody is known to have looked: { $before } before and { $after } after. Times that access was refused or delayed: { $refused-before } before and { $refused-after } after. The rates by hours of watching take the hours into account, not where somebody looked.
caveat-effort-not-either = No hours of watching are on record in either window: a fall in reports may be a fall in watching, and the rates cannot be put to it.
caveat-effort-not-before = No hours of watching are on record before: a change in reports may be a change in watching, and the rates cannot be put to it.
caveat-effort-not-after = No hours of watching are on record after: a fall in reports may be a fall in watching, and the rates cannot be put to it.
caveat-season = In the same days { $years ->
    [one] a year
   *[other] { $years-shown } years
  } earlier: incidents before { $before }, after { $after }.
caveat-season-ratio = In the same days { $years ->
    [one] a year
   *[other] { $years-shown } years
  } earlier: incidents before { $before }, after { $after }, a ratio of { $ratio }.
caveat-season-not-reached = The record does not reach back to the same days of an earlier year: harvest, weather and holidays may change the numbers as well, and were not taken out.
caveat-reporting = Reporting changed. Sources that report only before the day: { $only-before }; only after it: { $only-after }; on both sides: { $both }. Incidents of those that report on both sides: { $before } before, { $after } after.
caveat-still-coming = Reports of the last days may be missing. The slowest tenth of the incidents before the day was recorded this many days or more after it was over: { $late }. Days between the end of the second window and the record that is counted: { $since }.
caveat-clusters-before = Incidents come in clusters: before the day the variance of the daily numbers is { $dispersion } times their mean, where independent incidents would have 1. The intervals hold for independent incidents and are too narrow here.
caveat-clusters-after = Incidents come in clusters: after the day the variance of the daily numbers is { $dispersion } times their mean, where independent incidents would have 1. The intervals hold for independent incidents and are too narrow here.
caveat-unplaced = { $incidents ->
    [one] { $incidents-shown } incident is known too loosely in time to be placed in one window, and is in neither.
   *[other] { $incidents-shown } incidents are known too loosely in time to be placed in one window, and are in neither.
  }
caveat-synthetic = Incidents among them that are invented evidence: { $incidents-shown }.
caveat-not-linked = The record is too large to link reports now: reports of one incident may be counted more than once.
caveat-not-looked-at = Not looked at: how severe the incidents were, what else happened on either side of the day, who controlled the ground, and why anything changed. That one follows the other does not make it the cause.

## Several accords over time

caveat-not-alike = Accords promise different things, and an obligation that is easy to keep counts as much as one that is hard: a table of counts is no ranking.
caveat-watched = Accords are watched differently: { $each }.
caveat-watched-one = { $accord } (observations: { $observations }, hours of watching where it was watched most: { $hours })
caveat-open = Of { $accords } most of what is owed is unverified or disputed: what is not known is neither kept nor broken.
caveat-not-looked-at-accords = Not looked at: how severe a breach is, who is to blame for it, what the accords were signed after, and whether one text says more plainly than another what it wants.
