### The report of a monitoring mission: day, week, month, or since the signing.
### Numbers, dates and names arrive as text, already written for the language; `count` is a number for plurals.

## Front
title-day = Daily report
title-week = Weekly report
title-month = Monthly report
title-all = Report since the signing
period = Reporting period
period-before = Period before
period-days = { $span } ({ $count ->
    [one] { $shown } day
   *[other] { $shown } days
 })
edition = Edition
edition-public = Public edition
edition-parties = Edition for the parties
edition-internal = Internal edition: not to be passed on
cutoff = Reporting cut-off
cutoff-value = What was recorded by { $instant }
data-current = Newest event reported
time-zone = Time zone
time-zone-value = { $zone ->
    [UTC] Days and hours are those of Coordinated Universal Time ({ $zone })
   *[other] Days and hours are those of { $city } ({ $zone })
 }
accord-version = Agreement
report-id = Identifier of this report
running = { $title }, { $span }
page-of = Page { $page } of { $pages }
contents = Contents
made-by = Made by { $generator }. The same record, date and cut-off give the same file, byte for byte.
identifiers-hint = Every figure bears an identifier. The command below says how it was counted and from which reports; REF stands for the identifier beside the figure.
neutral = This report describes what was reported and what was seen. It takes no side. Parties and groups are called what the agreement calls them. Names and boundaries on maps imply no opinion on the status of any territory.
column-ref = Identifier
none-in-period = None was reported in the period.
withheld-public = This edition leaves out what the permission matrix withholds from the public: who reported, exact places (they are given as cells of { $degrees } degrees), confidential submissions, the ledger of weapons, and whatever was recorded in the { $hours } hours before the cut-off.
withheld-parties = This edition leaves out what the permission matrix withholds from the parties together: who reported, exact places (they are given as cells of { $degrees } degrees), confidential submissions and the ledger of weapons.
section-withheld = This edition does not contain this section.
synthetic-warning = { $count ->
    [one] { $shown } report in this edition is synthetic: invented to show the method, it says nothing about anybody's conduct.
   *[other] { $shown } reports in this edition are synthetic: invented to show the method, they say nothing about anybody's conduct.
 }
untranslated = Words of sources and of the agreement are given in the language in which they stand.

## Sections
section-summary = Summary
section-violations = Reported ceasefire violations
section-weapons = Withdrawal of weapons
section-zone = The zone and its depth
section-groups = Designation of groups
section-movement = Patrols and freedom of movement
section-routes = Transport routes
section-obligations = Obligations
section-disputes = Disputes
section-method = Method, sources and uncertainty
section-effort = What could be seen, and what not
section-log = The record and how to verify it
section-incidents = Annex: incidents of the period
term-demilitarized-zone = demilitarized zone
term-line-of-contact = line of contact
term-heavy-weapons = heavy weapons
term-freedom-of-movement = freedom of movement
term-de-escalation-area = de-escalation area

## Summary
summary-incidents = { $count ->
    [0] No incident of military action was reported in the period.
    [one] { $shown } incident of military action was reported in the period, in { $reports } reports.
   *[other] { $shown } incidents of military action were reported in the period, in { $reports } reports.
 }
summary-before = In the period before it was { $before }: a change of { $change }.
summary-deaths = { $count ->
    [0] The reports named no deaths.
    [one] The reports named { $shown } death.
   *[other] The reports named { $shown } deaths.
 }
summary-hours = { $hours } hours of observation were recorded, on { $days } days of { $period }.
summary-hours-before = In the period before it was { $before } hours.
summary-no-hours = No hours of observation were recorded in the period: that nothing was seen did not mean that nothing happened.
summary-access = { $count ->
    [0] No refusal or delay of access was reported.
    [one] Access was refused or delayed { $shown } time.
   *[other] Access was refused or delayed { $shown } times.
 }
summary-statuses = Of { $total } obligations: { $list }.
summary-status = { $number } { $status }
summary-changed = { $title }: { $before } at the beginning of the period, { $now } at its end.
summary-unchanged = No status of an obligation changed in the period.
summary-published = Since { $publication } ({ $day }) the status or probability of { $count ->
    [0] no obligation
    [one] { $shown } obligation
   *[other] { $shown } obligations
 } changed.
summary-published-change = { $title }: { $before } ({ $p_before }) before, { $now } ({ $p_now }) now.
summary-disputes = { $count ->
    [0] No formal dispute stood.
    [one] { $shown } dispute stood.
   *[other] { $shown } disputes stood.
 }

## Violations
violations-table = Incidents of military action by area and kind
violations-hint = An incident counts once, however many reports tell of it, and in each area in which its place lay more likely than not; areas overlap, so that their numbers do not add up. What was reported is not yet confirmed: the section on obligations says what was found.
violations-fall = A fall in reported incidents is read beside the hours of observation below the chart, and never alone.
violations-chart = Incidents and hours of observation by day
violations-chart-alt = Chart: reported incidents of military action and hours of observation on each day of the period. The numbers stand in the table and in the annex.
area-all = All places
area-elsewhere = Elsewhere, or placed too coarsely for an area
area-no-place = No place given
kind-all = All kinds
column-area = Area
column-kind = Kind
column-now = This period
column-before = Period before
column-change = Change
column-reports = Reports
column-deaths = Deaths reported
column-synthetic = Of these synthetic
chart-incidents = Incidents
chart-hours = Hours of observation
map-all = Reported events of the period
map-area = Reported events, area: { $area }
map-route = Reported events along { $route }
map-alt = Map: { $title }. { $count ->
    [one] { $shown } event is drawn
   *[other] { $shown } events are drawn
 }, each as the circle that held its true place with 95% probability.
map-caption = { $title }. Projection: transverse Mercator about { $lat }, { $lon } (WGS 84). { $credits }
map-credits = Boundaries and towns: { $credits }.
map-scale = { $km } km
map-error = holds the true place with 95% probability
map-zone-inner = surely in the zone, at every reading of its depth
map-zone-outer = may be in the zone
map-zone-plain = zone of the agreement
map-line = line of contact
map-band = where the line may run
map-route-key = route
map-violent = military action
map-access = access refused or delayed
map-patrol = patrol reported

## Weapons
weapons-table = Ledger of weapons
weapons-hint = Declared by the holder; found in storage or verified as departed; seen in the area after the deadline; reported missing from its store; declared and not heard of since.
weapons-none = The agreement withdraws no weapons, or none was declared, stored or seen.
column-party = Party
column-class = Class
column-declared = Declared
column-stored = Stored
column-left = Verified as departed
column-seen = Seen in violation
column-missing = Missing
column-unaccounted = Unaccounted for

## Zone
zone-verdict = Finding
zone-chart = Depth of the zone “{ $zone }” along “{ $line }”
zone-chart-alt = Chart: measured depth of the zone “{ $zone }” along “{ $line }” against the promised depth. The numbers stand above it.
zone-none = The agreement promised no zone whose depth could be audited.

## Groups
groups-table = Groups that were designated by somebody
groups-none = No group was designated by anybody.
column-group = Group
column-listed = On the joint list
column-missing-consent = Consent missing of
column-probability = Probability
listed-yes = yes
listed-no = no

## Patrols and movement
patrols-table = Patrols of the period
patrols-hint = A patrol that was reported is not yet proven; tracks prove it. Silence is no breach.
column-reported = Reported
column-announced = Announced
column-refused = Turned back
party-unnamed = no party named
access-table = Freedom of movement: when monitors or patrols were refused or delayed
access-none = No restriction of the freedom of movement was reported in the period. Where nobody tried to pass, none could be reported.
column-number = No.
column-when = Date
column-what = Event
column-where = Place
column-by = By whom
place-cell = cell around { $place }
place-none = no place given

## Routes
routes-none = The agreement promised no transport route.

## Obligations
obligations-table = How each obligation stood at the end of the period
obligations-hint = The probability is that of what the status says. Statuses and thresholds are explained in the section on method.
column-obligation = Obligation
column-status = Status
column-status-before = At the beginning
column-due = Due
column-hours = Hours watched
due-none = none
reasons = Reasons
reasons-withheld = { $count ->
    [one] { $shown } reason is left out of this edition, because it names sources or places.
   *[other] { $shown } reasons are left out of this edition, because they name sources or places.
 }
reading-matters = How it stood depended on how the text is read: { $questions }
probability-of = { $status }; probability { $probability }; fulfilled { $fulfilled }, breached { $breached }

## Disputes
disputes-none = No dispute was on record.
dispute-about = About { $title }
dispute-observation = a report of { $day } ({ $what })
dispute-finding = the finding of case { $case }
stand-dispute = { $party } objected on { $day }{ $signed ->
    [yes] , signed with its key
   *[no] {""}
 }.
stand-support = { $party } upheld it on { $day }{ $signed ->
    [yes] , signed with its key
   *[no] {""}
 }.
stand-undispute = { $party } withdrew its position on { $day }{ $signed ->
    [yes] , signed with its key
   *[no] {""}
 }.
stand-reason = Reason given: “{ $reason }”
author-position = an analyst of the mission
one-sided = No other party took a position.
cases-table = Cases under inquiry

## Effort
effort-table = Hours of observation by area
effort-hint = Where nobody looked, nothing could be seen. Zero incidents beside zero hours is no finding.
column-days = Days watched
column-posts = Posts or places
column-hours-now = Hours, this period
column-hours-before = Hours, period before
effort-access = { $count ->
    [0] No observer was refused access in the period, as far as was reported.
    [one] Observers or patrols were refused or delayed { $shown } time (see the section on freedom of movement).
   *[other] Observers or patrols were refused or delayed { $shown } times (see the section on freedom of movement).
 }
effort-unplaced = { $count ->
    [0] Every incident of the period had a place.
    [one] { $shown } incident of the period had no place that could be drawn.
   *[other] { $shown } incidents of the period had no place that could be drawn.
 }

## Method
method-counting = An incident belongs to the period in which its first report says that it began, by the calendar of { $zone ->
    [UTC] Coordinated Universal Time
   *[other] { $city }
 }. Reports of one incident were linked by place, time, kind and actors; links that people judged count over computed ones.
method-place = Each report was placed as the circle that holds its true place with 95% probability. Areas whose edges are uncertain, and lines of which only a band is known, were treated as uncertain throughout.
method-unseen = The numbers are of what was reported. What nobody saw, heard or passed on is not in them.
method-languages = The versions of this report in other languages were made from the same facts; where wordings differ, the figures decide.
sources-table = Sources of the period and how they were rated
column-source = Source
column-rating = Rating
inputs-table = Files behind this report
column-file = File
column-rows = Rows
column-digest = SHA-256

## Log
log-hint = Every observation, correction and publication is a leaf of an append-only log (a Merkle tree). Whoever holds the signed head below can prove later that nothing was changed or taken out.
log-origin = Log
log-size = Entries
log-root = Root
log-key = Key of the log
log-head = Signed head
log-verify = To verify with the record at hand, or one entry with a proof and the stand-alone verifier:
log-unsigned = The head is not signed: the workspace holds no key of its office.
log-none = The record has no log head yet.

## Annex
incidents-table = Incidents, the first report of each
incidents-omitted = { $count ->
    [one] { $shown } further incident is counted above and not listed here.
   *[other] { $shown } further incidents are counted above and not listed here.
 }
column-tells = Report

## How figures were counted (for explain)
how-violations = Incidents of military action that began in the period and whose place lay more likely than not in the area; each incident once.
how-reports = Reports that tell of those incidents.
how-deaths = The greatest number of deaths that any report of an incident names, added up over the incidents.
how-before = The same count for the period before.
how-change = The count of this period less that of the period before.
how-patrols = Patrols reported, announced or turned back in the period, by the party that reports name; each once.
how-access = Reports in the period that monitors or patrols were refused access, delayed or turned back.
how-hours = Hours of observation that reports of effort state for the period and area, added up.
how-days = Calendar days of the period on which somebody watched in the area.
how-posts = Different posts or places from which somebody watched in the area in the period.
how-weapons = From the ledger of the obligation at the end of the period: each weapon once.
how-probability = From the assessment at the end of the period, by the ruleset named in the report.
how-statuses = Obligations with this status at the end of the period.
how-zone = From the audit of the zone along its line: depths in kilometres, the share of the line in percent, the area in square kilometres.
