### The reasons of a verdict, as sentences. Numbers that need a plural come as numbers, all others as text.

## Time
begins-later = This holds from { $day } on, so nothing is owed yet.
ended = By its own terms it held until { $day }.
deadline-ahead = It is due by { $day } ({ $clock } time), { $days ->
    [0] less than a day
    [one] one day
   *[other] { $days } days
 } after the date asked about.
deadline-grace = It was due by { $day }; the accord allows until { $last }.
deadline-passed = The deadline passed on { $day } ({ $clock } time).
deadline-unknown = The deadline counts from something that has no date yet: { $anchor }.
holds-since = This holds since { $day }.
no-start = The text does not say from when this holds.
no-deadline = The text gives no deadline.

## What was reported
breach-reports = { $reports ->
    [one] One report speaks
   *[other] { $reports } reports, of { $incidents ->
        [one] one incident
       *[other] { $incidents } incidents
     } and from { $voices ->
        [one] one independent source
       *[other] { $voices } independent sources
     }, speak
 } of a breach, with a joint probability of { $probability }.
ceiling-reports = { $reports ->
    [one] One count was
   *[other] { $reports } counts were
 } reported for that day.
weapons-seen = { $reports ->
    [one] One report places
   *[other] { $reports } reports place
 } such weapons in the area; the probability that at least one is right is { $probability }.
forces-seen = { $reports ->
    [one] One report places
   *[other] { $reports } reports place
 } such forces in the area; the probability that at least one is right is { $probability }.
departure-reports = { $reports ->
    [one] One report says
   *[other] { $reports } reports say
 } that the withdrawal is complete; the probability that at least one is right is { $probability }.
stored-reports = The whole declared inventory was reported in storage; the probability that this is right is { $probability }.
done-reports = { $reports ->
    [one] One report says
   *[other] { $reports } reports say
 } that it is done; the probability that at least one is right is { $probability }.
undone-reports = { $reports ->
    [one] One report says
   *[other] { $reports } reports say
 } that it is not done; the probability that at least one is right is { $probability }.
zone-agreed = { $reports ->
    [one] One report says
   *[other] { $reports } reports say
 } that the parties agreed the zone; the probability that at least one is right is { $probability }.
designation-reports = { $reports ->
    [one] One designation is
   *[other] { $reports } designations are
 } on record; the probability that at least one is right is { $probability }.
patrol-reports = { $reports ->
    [one] One patrol is
   *[other] { $reports } patrols are
 } reported; a report of a patrol is not yet proof of one. The probability that at least one is right is { $probability }.
verification-reports = { $reports ->
    [one] One report shows
   *[other] { $reports } reports show
 } the verifiers at work; the probability that at least one is right is { $probability }.
route-open-reports = { $reports ->
    [one] One report says
   *[other] { $reports } reports say
 } that the route was open; the probability that at least one is right is { $probability }.
route-closed-reports = { $reports ->
    [one] One report says
   *[other] { $reports } reports say
 } that the route was not open; the probability that at least one is right is { $probability }.
one-report = { $source } reports, for { $day }: { $what }, { $place }, by { $who }; the probability that this counts here is { $probability }.
one-report-author-unknown = { $source } reports, for { $day }: { $what }, { $place }; nobody is named as responsible. The probability that this counts here is { $probability }.
one-report-place-uncertain = { $source } reports, for { $day }: { $what }, { $place }, by { $who }; the place is known only to { $error_km } km, so it lies in { $area } with probability { $inside }, and the probability that this counts here is { $probability }.
place-not-given = no place given
author-unknown = an unknown author
nobody-named = none
day-span = { $first } to { $last }
no-reports-due = No report says that it was done or that it was not, and silence is neither.
no-reports-yet = No report of progress is on record.
no-rule = No rule can judge this provision; { $count ->
    [0] no report names it
    [one] one report names it
   *[other] { $count } reports name it
 }.
relapse = It had been done; from { $day } on it no longer was.
statements = { $count ->
    [one] One statement
   *[other] { $count } statements
 } of those bound { $count ->
    [one] is
   *[other] are
 } on record; a statement is not counted as conduct.

## How sure
finding-possible = That makes the finding possible; a confirmed one needs at least { $threshold }.
finding-probable = That makes the finding probable; a confirmed one needs at least { $threshold }.
finding-needs-sources = That would be enough, but a confirmed finding needs { $needed } independent sources, and { $sources ->
    [0] none supports it alone
    [one] only one supports it: { $names }
   *[other] only { $sources } support it: { $names }
 }.
finding-confirmed = { $sources ->
    [one] One independent source supports it
   *[other] { $sources } independent sources support it
 }: { $names }. The finding is confirmed.

## Who looked
looked-saw = Observers ({ $observers }) were there for about { $hours } hours.
looked-saw-nothing = Observers ({ $observers }) were there for about { $hours } hours and saw nothing of the kind.
nobody-looked = No hours of observation are on record: nothing seen does not mean that nothing happened.
access-refused = Access was refused or delayed { $count ->
    [one] once
   *[other] { $count } times
 }.

## Places
area-not-drawn = Nobody has drawn { $area }, so that a place alone says little.
area-approximate = The edge of { $area } is known only to about { $km } km.

## The text
condition = The text sets a condition that no report shows to be fulfilled or not: { $text }
exemption = The text exempts: { $text }
altitude-unjudged = The text speaks of heights, which no report gives; this lowers the probability.
negated = The text forbids this; a report that it was done counts against it.
depends-on = It depends on “{ $provision }”, which is { $status }.
objection = A formal objection of { $who } of { $day } stands.
objection-formal = { $who } formally objects to { $about } ({ $day }, { $signed ->
    [yes] signed with its key
   *[no] recorded by { $author } as { $who } reported it
 }{ $document ->
    [none] {""}
   *[other] ; document: { $document }
 }): “{ $reason }”.
doubt = { $who } doubts { $about } ({ $day }): “{ $reason }”. No party objects, so this changes no status.
position-support = { $who } holds to { $about } ({ $day }, { $signed ->
    [yes] signed with its key
   *[no] recorded by { $author } as { $who } reported it
 }{ $document ->
    [none] {""}
   *[other] ; document: { $document }
 }): “{ $reason }”.
objection-withdrawn = { $who } had taken a position on { $about } and withdrew it on { $day }.
without-objection = Without the objection the evidence makes it { $status }, with probability { $probability }.
dispute-of-report = the report of { $source } for { $day } ({ $what }, { $place }, by { $who })
dispute-of-finding = a finding of an inquiry
case-open = A case is open about this, without a finding so far: { $case }.
case-finding = The inquiry of case { $case } found on { $day } (rated { $rating }): { $result }.
finding-result-confirmed = the allegation is confirmed
finding-result-not-confirmed = the allegation is not confirmed
finding-result-inconclusive = the allegation is neither confirmed nor refuted
dispute-of-status = the status of this obligation
not-every-party = It is not shown for every party: { $parties }.

## Weapons
ledger = The ledger holds { $declared } declared, { $stored } stored, { $seen } seen in the area since the deadline and { $missing } reported missing from their stores.
ledger-undeclared = No inventory was declared; { $stored } stored, { $seen } seen in the area since the deadline, { $missing } reported missing from their stores.

## Groups
list-in-force = On the joint list by then: { $groups }.
list-empty = No group is on the joint list: none has been designated by all who must agree.
named-by-text = The text itself names { $groups }.
designation-missing = { $group } is not on the list: { $missing } has not designated it, as far as is known (probability of all: { $probability }).

## Zone
zone-not-agreed = No report says that the parties agreed the lines of { $area }.
zone-agreed-partly = Not everybody is known to have agreed the lines: { $missing } is missing (probability of all: { $probability }).
zone-confirmed = All who must have signed { $area } as it is in use: { $signed }.
zone-changed = { $area } as it is in use is not what all had signed before; it is still to be signed by { $missing }.
zone-disputed = { $objecting } objects by signature to { $area } as it is in use.
zone-partly = { $area } as it is in use is signed by { $signed } and not by { $missing }.
zone-unconfirmed = { $area } as it is in use is signed by nobody who must.
zone-needs = The zone needs this to be fulfilled: “{ $provision }”. That is { $status }.

## Patrols
patrols-promised = About { $promised } patrols were promised by then; reports make { $reported } probable for the party with the fewest.
patrols-missing = No patrol is reported of { $missing }.
patrols-by = { $who } has patrolled with probability { $probability }, by what is reported.
patrols-proven = { $count ->
    [one] One of the patrols reported is
   *[other] { $count } of the patrols reported are
 } shown by tracks.
patrols-joint = The text wants them joint; a report does not show whether they were.
patrols-coordinated = The text wants them coordinated; a report does not show whether they were.
patrols-refused = Patrols were turned back { $count ->
    [one] once
   *[other] { $count } times
 }.

## Routes
last-open = The last report that it was open is of { $day }, { $days } days before the date asked about.
last-closed = The last report that it was not open is of { $day }, { $days } days before the date asked about.
route-control = Since { $day } the reports have { $who } in control along the route; who holds it does not show whether transit is restored.
route-criteria = The text asks for: { $text }
route-no-criteria = The text names no criteria; the route counts as restored where the way is open from end to end.
route-no-word = No report on record says whether the route is open.
route-passage = The whole way is open with probability { $p_open } and closed somewhere with probability { $p_closed }; of its length { $open_share }% is known to be open and { $closed_share }% to be closed.
route-block = { $what }, { $near }, since { $day }: somewhere between kilometre { $first } and { $last } of the route; the probability that this is so and still stands is { $probability }.
route-block-whole = { $what }, { $near }, since { $day }: said of the whole route; the probability that this is so and still stands is { $probability }.
route-blocks-more = { $count } more { $count ->
    [one] report
   *[other] reports
 } of closures stand.
route-turns = The state changed { $count ->
    [one] once
   *[other] { $count } times
 } by what is reported, the last time with { $day }.
route-quiet = { $days ->
    [0] The last violent incident that may lie on the route is of the same day.
    [one] The last violent incident that may lie on the route was one day before.
   *[other] The last violent incident that may lie on the route was { $days } days before.
 }
route-never-incident = No violent incident on the route is reported in the { $days } days since the text holds; that nobody reports one does not show that there was none.
route-detour-free = Were nothing closed, the quickest way between its ends would take { $minutes } min ({ $km } km); all of that way is open now with probability { $probability }.
route-detour = The quickest way that is open now with at least the probable threshold takes { $minutes } min ({ $km } km), { $extra } min more, and is open with probability { $probability }.
route-detour-none = No way between its ends is open with a probability of { $wanted } or more.
route-detour-beside = Without crossing the line of contact the quickest such way takes { $minutes } min ({ $km } km), { $extra } min more, and is open with probability { $probability }.
route-detour-beside-none = Without crossing the line of contact no way is open with a probability of { $wanted } or more.
route-detour-no-road = The map of roads has no way between its ends for a vehicle of the kind { $vehicle }.
route-detour-off = No detour is computed: { $why }.
route-detour-synthetic = These times are of a synthetic map of roads: they show the method and nothing of the ground.
route-approximate = The route is drawn only to within { $km } km.

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
ceiling-counts = At most { $maximum } { $unit } are allowed; the highest count reported for one day is { $highest }, and the probability that the maximum was exceeded is { $probability }.
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
