### The reasons of a verdict, as sentences. Numbers that need a plural come as numbers, all others as text.

## Time
begins-later = This came into force only on { $day }, so nothing was owed yet.
ended = By its own terms this was in force until { $day }.
deadline-ahead = It was due by { $day } ({ $clock } time), { $days ->
    [0] less than a day
    [one] one day
   *[other] { $days } days
 } after the date asked about.
deadline-grace = It was due by { $day }; the accord allowed until { $last }.
deadline-passed = The deadline passed on { $day } ({ $clock } time).
deadline-unknown = The deadline counted from something that had no date yet: { $anchor }.
holds-since = This was in force from { $day } on.
no-start = The text does not say from when this holds.
no-deadline = The text gives no deadline.

## What was reported
breach-reports = { $reports ->
    [one] One report spoke
   *[other] { $reports } reports, of { $incidents ->
        [one] one incident
       *[other] { $incidents } incidents
     } and from { $voices ->
        [one] one independent source
       *[other] { $voices } independent sources
     }, spoke
 } of a breach, with a joint probability of { $probability }.
ceiling-reports = { $reports ->
    [one] One count was
   *[other] { $reports } counts were
 } reported for that day.
weapons-seen = { $reports ->
    [one] One report placed
   *[other] { $reports } reports placed
 } such weapons in the area; the probability that at least one was right was { $probability }.
forces-seen = { $reports ->
    [one] One report placed
   *[other] { $reports } reports placed
 } such forces in the area; the probability that at least one was right was { $probability }.
departure-reports = { $reports ->
    [one] One report said
   *[other] { $reports } reports said
 } that the withdrawal was complete; the probability that at least one was right was { $probability }.
stored-reports = The whole declared inventory was reported in storage; the probability that this was right was { $probability }.
done-reports = { $reports ->
    [one] One report said
   *[other] { $reports } reports said
 } that it had been done; the probability that at least one was right was { $probability }.
undone-reports = { $reports ->
    [one] One report said
   *[other] { $reports } reports said
 } that it had not been done; the probability that at least one was right was { $probability }.
zone-agreed = { $reports ->
    [one] One report said
   *[other] { $reports } reports said
 } that the parties had agreed the zone; the probability that at least one was right was { $probability }.
designation-reports = { $reports ->
    [one] One designation was
   *[other] { $reports } designations were
 } on record; the probability that at least one was right was { $probability }.
patrol-reports = { $reports ->
    [one] One patrol was
   *[other] { $reports } patrols were
 } reported; a report of a patrol is not yet proof of one. The probability that at least one was right was { $probability }.
verification-reports = { $reports ->
    [one] One report showed
   *[other] { $reports } reports showed
 } the verifiers at work; the probability that at least one was right was { $probability }.
route-open-reports = { $reports ->
    [one] One report said
   *[other] { $reports } reports said
 } that the route was open; the probability that at least one was right was { $probability }.
route-closed-reports = { $reports ->
    [one] One report said
   *[other] { $reports } reports said
 } that the route was not open; the probability that at least one was right was { $probability }.
one-report = { $source } reported, for { $day }: { $what }, { $place }, by { $who }; the probability that this counted here was { $probability }.
one-report-author-unknown = { $source } reported, for { $day }: { $what }, { $place }; nobody was named as responsible. The probability that this counted here was { $probability }.
one-report-place-uncertain = { $source } reported, for { $day }: { $what }, { $place }, by { $who }; the place was known only to { $error_km } km, so that it lay in “{ $area }” with probability { $inside }, and the probability that this counted here was { $probability }.
place-not-given = no place given
author-unknown = an unknown author
nobody-named = none
day-span = { $first } to { $last }
no-reports-due = No report said that it had been done or that it had not, and silence is neither.
no-reports-yet = No report of progress was on record.
no-rule = No rule can judge this provision; { $count ->
    [0] no report named it
    [one] one report named it
   *[other] { $count } reports named it
 }.
relapse = It had been done; from { $day } on it no longer was.
statements = { $count ->
    [one] One statement
   *[other] { $count } statements
 } of those bound { $count ->
    [one] was
   *[other] were
 } on record; a statement is not counted as conduct.

## How sure
finding-possible = That made the finding possible; a confirmed one needs at least { $threshold }.
finding-probable = That made the finding probable; a confirmed one needs at least { $threshold }.
finding-needs-sources = That would have been enough, but a confirmed finding needs { $needed } independent sources, and { $sources ->
    [0] none supported it alone
    [one] only one supported it: { $names }
   *[other] only { $sources } supported it: { $names }
 }.
finding-confirmed = { $sources ->
    [one] One independent source supported it
   *[other] { $sources } independent sources supported it
 }: { $names }. The finding was confirmed.

## Who looked
looked-saw = Observers ({ $observers }) were there for about { $hours } hours.
looked-saw-nothing = Observers ({ $observers }) were there for about { $hours } hours and saw nothing of the kind.
nobody-looked = No hours of observation were on record: nothing seen does not mean that nothing happened.
access-refused = Access was refused or delayed { $count ->
    [one] once
   *[other] { $count } times
 }.

## Places
area-not-drawn = Nobody had drawn “{ $area }”, so that a place alone said little.
area-approximate = The edge of “{ $area }” was known only to about { $km } km.

## The text
condition = The text sets a condition that no report showed to be fulfilled or not: { $text }
exemption = The text exempts: { $text }
altitude-unjudged = The text speaks of heights, which no report gave; this lowered the probability.
negated = The text forbids this; a report that it was done counts against it.
depends-on = It depended on “{ $provision }”, which was { $status }.
objection = A formal objection of { $who } of { $day } stood.
objection-formal = { $who } formally objected to { $about } ({ $day }, { $signed ->
    [yes] signed with its key
   *[no] recorded by { $author } as { $who } reported it
 }{ $document ->
    [none] {""}
   *[other] ; document: { $document }
 }): “{ $reason }”.
doubt = { $who } doubted { $about } ({ $day }): “{ $reason }”. No party objected, so this changed no status.
position-support = { $who } held to { $about } ({ $day }, { $signed ->
    [yes] signed with its key
   *[no] recorded by { $author } as { $who } reported it
 }{ $document ->
    [none] {""}
   *[other] ; document: { $document }
 }): “{ $reason }”.
objection-withdrawn = { $who } had taken a position on { $about } and withdrew it on { $day }.
without-objection = Without the objection the evidence made it { $status }, with probability { $probability }.
dispute-of-report = the report of { $source } for { $day } ({ $what }, { $place }, by { $who })
dispute-of-finding = a finding of an inquiry
case-open = A case was open about this, without a finding so far: { $case }.
case-finding = The inquiry of case { $case } found on { $day } (rated { $rating }): { $result }.
finding-result-confirmed = the allegation was confirmed
finding-result-not-confirmed = the allegation was not confirmed
finding-result-inconclusive = the allegation was neither confirmed nor refuted
dispute-of-status = the status of this obligation
not-every-party = It was not shown for every party: { $parties }.

## Weapons
ledger = The ledger held { $declared } declared, { $stored } stored, { $seen } seen in the area since the deadline and { $missing } reported missing from their stores.
ledger-undeclared = No inventory was declared; { $stored } stored, { $seen } seen in the area since the deadline, { $missing } reported missing from their stores.

## Groups
list-in-force = On the joint list by then: { $groups }.
list-empty = No group was on the joint list: none had been designated by all who must agree.
named-by-text = The text itself names { $groups }.
designation-missing = { $group } was not on the list: { $missing } had not designated it, as far as was known (probability of all: { $probability }).

## Zone
zone-not-agreed = No report said that the parties had agreed the lines of “{ $area }”.
zone-agreed-partly = Not everybody was known to have agreed the lines: { $missing } was missing (probability of all: { $probability }).
zone-confirmed = All who must had signed “{ $area }” as it was in use: { $signed }.
zone-changed = “{ $area }” as it was in use was not what all had signed before; it was still to be signed by { $missing }.
zone-disputed = { $objecting } objected by signature to “{ $area }” as it was in use.
zone-partly = “{ $area }” as it was in use was signed by { $signed } and not by { $missing }.
zone-unconfirmed = “{ $area }” as it was in use was signed by nobody who must.
zone-needs = The zone needed this to be fulfilled: “{ $provision }”. That was { $status }.

## Patrols
patrols-promised = About { $promised } patrols were promised by then; reports made { $reported } probable for the party with the fewest.
patrols-missing = No patrol was reported of { $missing }.
patrols-by = { $who } had patrolled with probability { $probability }, by what was reported.
patrols-proven = { $count ->
    [one] One of the patrols reported was
   *[other] { $count } of the patrols reported were
 } shown by tracks.
patrols-joint = The text wants them joint; a report does not show whether they were.
patrols-coordinated = The text wants them coordinated; a report does not show whether they were.
patrols-refused = Patrols were turned back { $count ->
    [one] once
   *[other] { $count } times
 }.

## Routes
last-open = The last report that it was open was of { $day }, { $days ->
    [one] one day
   *[other] { $days } days
 } before the date asked about.
last-closed = The last report that it was not open was of { $day }, { $days ->
    [one] one day
   *[other] { $days } days
 } before the date asked about.
route-control = From { $day } on the reports had { $who } in control along the route; who held it does not show whether transit was restored.
route-criteria = The text asks for: { $text }
route-no-criteria = The text names no criteria; the route counts as restored where the way is open from end to end.
route-no-word = No report on record said whether the route was open.
route-passage = The whole way was open with probability { $p_open } and closed somewhere with probability { $p_closed }; of its length { $open_share }% was known to be open and { $closed_share }% to be closed.
route-block = { $what }, { $near }, since { $day }: somewhere between kilometre { $first } and { $last } of the route; the probability that this was so and still stood was { $probability }.
route-block-whole = { $what }, { $near }, since { $day }: said of the whole route; the probability that this was so and still stood was { $probability }.
route-blocks-more = { $count } more { $count ->
    [one] report
   *[other] reports
 } of closures stood.
route-turns = The state changed { $count ->
    [one] once
   *[other] { $count } times
 } by what is reported, the last time with { $day }.
route-quiet = { $days ->
    [0] The last violent incident that may have been on the route was of the same day.
    [one] The last violent incident that may have been on the route was one day before.
   *[other] The last violent incident that may have been on the route was { $days } days before.
 }
route-never-incident = No violent incident on the route was reported in the { $days ->
    [one] one day
   *[other] { $days } days
 } since the text came into force; that nobody reported one does not show that there was none.
route-detour-free = Had nothing been closed, the quickest way between its ends would have taken { $minutes } min ({ $km } km); all of that way was open with probability { $probability }.
route-detour = The quickest way that was open with at least the probable threshold took { $minutes } min ({ $km } km), { $extra } min more, and was open with probability { $probability }.
route-detour-none = No way between its ends was open with a probability of { $wanted } or more.
route-detour-beside = Without crossing the line of contact the quickest such way took { $minutes } min ({ $km } km), { $extra } min more, and was open with probability { $probability }.
route-detour-beside-none = Without crossing the line of contact no way was open with a probability of { $wanted } or more.
route-detour-no-road = The map of roads had no way between its ends for a vehicle of the kind { $vehicle }.
route-detour-off = No detour was computed: { $why }.
route-detour-synthetic = These times are of a synthetic map of roads: they show the method and nothing of the ground.
route-approximate = The route was drawn only to within { $km } km.

## Synthetic evidence
synthetic-all = { $count ->
    [one] The report listed here is synthetic: it was
   *[other] All { $count } reports listed here are synthetic: they were
 } made up to show the method and say nothing about anybody's conduct.
synthetic-some = { $count } of the { $of } reports listed here { $count ->
    [one] is synthetic: it was
   *[other] are synthetic: they were
 } made up to show the method and { $count ->
    [one] says
   *[other] say
 } nothing about anybody's conduct.

## Ceilings
ceiling-counts = At most { $maximum } { $unit } were allowed; the highest count reported for one day was { $highest }, and the probability that the maximum was exceeded was { $probability }.
unit-men = men
unit-weapons = weapons

## Statuses
status-not-due = not due
status-in-progress = in progress
status-met = met
status-met-late = met late
status-overdue = overdue
status-unverified = unverified
status-holding = holding
status-breached = breached
status-disputed = disputed

## The rules, in words
rule-formula = Each report counts with the product of its factors. Reports of one source (or of sources that repeat one another) count once per incident, and together no more than the source is sound: P = c (1 - product of (1 - p / c)). Independent sources then add up as 1 - product of (1 - P).
rule-cessation = Acts of the kinds named, in the area and time, by the parties bound (and against those protected), are breaches. Confirmed ones make it breached; hours of observation in which nothing was seen make it hold; otherwise it is unverified.
rule-zone = The zone is established when its lines are agreed by all who must agree and the withdrawals inside it are done: P(established) = P(agreed by all) x the least P(fulfilled) of the withdrawals.
rule-weapons-withdrawal = Departures, storage of the whole declared inventory, and weapons of these classes seen in the area after the deadline are put in order of time; the last true report decides. What is seen before the deadline is taken to be there still with a chance that falls with the days.
rule-forces-withdrawal = Departures, and forces seen in the area after the deadline, are put in order of time; the last true report decides. Bound are those whom the text names and those on the joint list in force.
rule-designation = A group is on the list once every party that must agree has designated it: P(on the list) = product of P(designated by each).
rule-patrols = P(fulfilled) is the chance that every party bound has patrolled, times the share of the promised number that is reported. Reports are not proof, and silence is no breach.
rule-routes = Reports that the route was open or not open are put in order of time; the last true one decides. A report is of the route if it names the road or both ends, or else by its place.
rule-verification = Shown by the named verifiers' own hours, patrols and findings.
rule-ceiling = Counts of one day at different places add up; the ceiling is exceeded with the probability that the sum of the true counts is above it, on the surest day.
rule-restriction = Acts of the kinds named, or weapons of the classes named, in the band or area, by the parties bound, are breaches; as for a cessation.
rule-other = No rule judges this; it is kept with its quote and with the reports that name it.
