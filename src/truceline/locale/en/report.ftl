### The words of the report page.
### Numbers and dates arrive as text, already written for the language.

## What the page is
report-title = { $title }: report
report-kicker = Report on an accord
report-lede = What the accord promised, how each promise stood at the chosen date, how sure that is, and which reports it rests on.
report-skip = Skip to the obligations
report-no-script = This browser runs no script. The date switch, the obligations, the texts and the tables work all the same; the map needs a script, and its table below holds the same reports.
report-generator = Made by { $generator }

## Facts at the head
fact-signed = Signed
fact-status = Version
fact-version = { $status }, version { $version }
fact-time-zone = Time zone
fact-data-current = Data current to
fact-known-at = As known at
fact-ruleset = Ruleset
fact-reading = Reading
fact-reports = Reports
fact-reading-adopted = as adopted in the accord
fact-none = not stated
accord-status-draft = draft
accord-status-confirmed = confirmed
accord-status-superseded = superseded

## Switch of the date
dates-legend = State as of
dates-end-of = end of { $day }
dates-hint = The chosen date changes the obligations, the map and the timeline together.
serve-legend = Assess another date
serve-label = As of
serve-button = Assess

## Sections
nav-label = Sections of the page
section-board = Obligations
section-map = Map
section-timeline = Timeline
section-zones = Zones
section-comparison = Draft and confirmed accord
section-readings = Readings
section-evidence = Evidence
section-texts = Texts
section-method = Method and limits

## Statuses
status-not_due = Not due
status-in_progress = In progress
status-met = Met
status-met_late = Met late
status-overdue = Overdue
status-unverified = Unverified
status-holding = Holding
status-breached = Breached
status-disputed = Disputed
status-meaning-not_due = nothing owed yet, nothing seen
status-meaning-in_progress = before the deadline, with progress
status-meaning-met = done by the deadline
status-meaning-met_late = done after the deadline
status-meaning-overdue = the deadline has passed, with evidence that it is not done
status-meaning-unverified = the evidence is insufficient either way; silence is neither compliance nor breach
status-meaning-holding = a standing obligation with no confirmed breach
status-meaning-breached = a confirmed breach
status-meaning-disputed = credible evidence on both sides, or a party's formal objection
legend-statuses = What the statuses mean

## Kinds of obligation
kind-cessation = Cessation
kind-zone = Zone
kind-weapons_withdrawal = Withdrawal of weapons
kind-forces_withdrawal = Withdrawal of forces
kind-designation = Designation
kind-patrols = Patrols
kind-routes = Route
kind-verification = Verification
kind-ceiling = Ceiling
kind-restriction = Restriction
kind-other = Other

## Probabilities. The words are those of the IPCC's likelihood scale.
likelihood-virtually-certain = Virtually certain
likelihood-very-likely = Very likely
likelihood-likely = Likely
likelihood-even = About as likely as not
likelihood-unlikely = Unlikely
likelihood-very-unlikely = Very unlikely
likelihood-exceptionally-unlikely = Exceptionally unlikely
claim-breached = { $likelihood } that it was breached
claim-done = { $likelihood } that it was done
claim-not-done = { $likelihood } that it had not been done
claim-not-breached = { $likelihood } that it was not breached
claim-fulfilled = { $likelihood } that it was fulfilled
p-fulfilled = Fulfilled
p-breached = Breached
p-label = Probabilities
likelihood-scale = The words for probabilities follow the likelihood scale of the IPCC (2010): virtually certain from 99%, very likely from 90%, likely from 66%, about as likely as not from 33%, unlikely from 10%, very unlikely from 1%, exceptionally unlikely below.

## Summary
summary-title = At a glance
summary-as-of = As of { $when }
summary-changes = Changed since { $when }
summary-no-changes = No status changed since { $when }.
summary-first = The first date of this report.
summary-change = { $title }: { $before } → { $after }
summary-synthetic = { $count ->
    [one] 1 on synthetic evidence only
   *[other] { $shown } on synthetic evidence only
  }
summary-considered = { $count ->
    [one] { $shown } report counted.
   *[other] { $shown } reports counted.
  }

## Board
board-hint = Open an obligation for its reasons, the reports behind it and the words of the accord.
board-empty = The accord holds no obligation.
board-synthetic = on synthetic evidence only
board-partly-synthetic = partly on synthetic evidence
board-due = Due { $day }
board-no-deadline = No deadline
board-standing = Standing obligation
board-days-left = { $count ->
    [one] 1 day left
   *[other] { $shown } days left
  }
board-days-after = { $count ->
    [one] 1 day after the deadline
   *[other] { $shown } days after the deadline
  }
board-day-of = the last day
board-day-over = the deadline has just passed
board-since = since { $day }
board-history = Status by date
board-reasons = Reasons
board-no-reasons = The assessment gave no reason.
board-evidence = Reports for this verdict
board-counter = Reports against it
board-no-evidence = No report bears on it.
board-more = { $count ->
    [one] and 1 more in the evidence table
   *[other] and { $shown } more in the evidence table
  }
board-show-all = Show them in the evidence table
board-quote = The words of the accord
board-quote-none = No quote is recorded.
board-binds = Binds
board-binds-nobody = nobody by name
board-condition = Condition
board-exemptions = Exemptions
board-depends = Depends on
board-deadline-words = Deadline in the text
board-note = Note
board-effort = Observation
board-effort-none = Nobody is recorded as having looked: silence says nothing here.
board-effort-hours = { $hours } hours of observation
board-effort-refused = { $count ->
    [one] access refused once
   *[other] access refused { $shown } times
  }
board-finding = Finding
board-parts = By party or class
board-readings = Depends on the reading
board-readings-hint = The verdict differs between readings of the text:
board-reading-assessed = counts here
board-factors = Why it weighs { $probability }
board-id = Identifier
finding-none = none
finding-possible = possible
finding-probable = probable
finding-confirmed = confirmed
factor-report = report true
factor-inquiry = the inquiry wrong
factor-inside = inside the area
factor-about = about this
factor-on_route = by the road
factor-time = within the time
factor-party = by the party
factor-target = against those protected
factor-weapon = such a weapon
factor-forces = such forces
factor-meant = this is meant
factor-shows = shows it
factor-verifier = by those who verify
factor-whole = all of it
factor-not_exempt = not exempted
factor-altitude = height not given
factor-declared_complete = inventory complete
said-by = as said by { $speaker }

## Evidence
evidence-hint = One row is one report of one thing by one source. Nothing recorded is edited; several reports of one incident count once.
evidence-search = Search
evidence-kind = What
evidence-source = Source
evidence-all = all
evidence-hide-synthetic = Hide synthetic
evidence-only-counted = Only what counts at the chosen date
evidence-reset = Clear filters
evidence-showing = { $shown } of { $all } rows
evidence-empty = No row fits these filters.
evidence-none = The workspace holds no evidence yet. Take some in with: truceline ingest
evidence-omitted = { $count ->
    [one] 1 further report is in the workspace and not shown here; the verdicts count it.
   *[other] { $shown } further reports are in the workspace and not shown here; the verdicts count them.
  }
evidence-table = Evidence, one report a row
col-number = No.
col-when = When
col-what = What
col-where = Where
col-who = Who
col-report = Report
col-source = Source and rating
col-original = Original
within-km = within { $km } km
no-place = no place given
against = against { $targets }
nobody = not named
unknown = unknown
rated = rated { $rating }
rating-none = not rated
row-of = { $file }, row { $row }
recorded = recorded { $day }
killed = { $count ->
    [one] 1 death reported
   *[other] { $shown } deaths reported
  }
mark-synthetic = synthetic
mark-claim = claim
mark-retracted = retracted
mark-superseded = superseded
mark-disputed = objected to
mark-later = after the chosen date
mark-incident = { $count ->
    [one] 1 report of this incident
   *[other] { $shown } reports of this incident
  }
synthetic-note = Synthetic evidence is invented for the example by a seeded generator and happened nowhere. It is marked “synthetic” in every place where it is shown.
claim-note = A claim is what somebody says about their own or others' conduct, not an observation.
show-on-map = Show on the map
show-in-table = Show in the table

## Map
map-label = Map of the zone, the line of contact and the reported events
map-hint = Arrow keys move, plus and minus zoom. Each report is drawn as the area that holds its true place with 95% probability, never as a point.
map-layers = Layers
map-legend = Legend
map-basemap = Basemap
layer-zones = Zones
layer-lines = Lines of contact
layer-routes = Routes
layer-towns = Towns
layer-districts = Districts
layer-military = Military action
layer-withdrawal = Presence and withdrawal
layer-access = Routes, patrols, observation
layer-other = Other reports
layer-synthetic = Synthetic reports
map-line-approximate = Approximate, known to { $km } km
map-line-exact = known to { $km } km
map-zone-inner = { $name }: within { $km } km of the line, in the zone at every reading of its depth
map-zone-outer = { $name }: from { $from } to { $to } km of the line, may be in the zone
map-zone-inner-along = { $name }: within { $km } km of the line, as agreed for each side and stretch of it, in the zone at every reading of its depth
map-zone-outer-along = { $name }: within { $km } km of the line, as agreed for each side and stretch of it, may be in the zone
map-zone-plain = { $name }
map-band = where the line may be
route-state-reopened = Reopened
route-state-partly_open = Partly open
route-state-closed = Closed
route-state-unverified = Unverified
map-route = { $name }, drawn within { $km } km
map-unplaced = Reports without a place
map-unplaced-none = Every report counted at this date has a place.
map-north = North
map-unavailable = The map needs a script. The table of evidence below holds the same reports with their places and errors.
map-table = What the map shows, as a table
map-credit = Boundaries and towns: { $credits }. Boundaries and names imply no opinion on the status of any territory.
map-reset = Whole area
map-table-name = Name
map-table-kind = Kind
map-table-place = Longitude, latitude
map-table-known = How well it is known
zone-area_of_separation = Area of separation
zone-area_of_limitation = Area of limitation
zone-exclusion = Exclusion zone
zone-sector = Sector
zone-other = Zone
zone-band = Band
map-group = { $count } reports for this place
map-symbols = The mark in the middle says the kind, a number how many reports share the place; old reports fade.
map-no-geometry = The accord gives no line, zone or route that can be drawn.

## Timeline
timeline-label = Timeline of reports and deadlines
timeline-hint = Left and right arrows step through the reports, up and down change the row, Enter selects.
timeline-deadline = { $count ->
    [one] deadline { $day }
   *[other] { $shown } deadlines { $day }
  }
timeline-signed = signed { $day }
timeline-as-of = as of { $day }
timeline-outside = { $count ->
    [one] 1 report lies outside the range drawn; it is in the evidence table.
   *[other] { $shown } reports lie outside the range drawn; they are in the evidence table.
  }
timeline-key-report = report
timeline-key-claim = claim or statement
timeline-key-synthetic = synthetic
timeline-key-size = A larger mark holds several reports of one day; grey is after the chosen date.
timeline-empty = There is no report to draw.
timeline-mark = { $day }: { $what }
timeline-mark-many = { $day }: { $count } reports, { $what }
lane-any_military_action = Military action
lane-presence = Presence
lane-withdrawal = Withdrawal
lane-patrol = Patrols
lane-route = Routes
lane-political = Statements
lane-control = Control
lane-effort = Observation
lane-restricted_act = Restricted acts
lane-other = Other

## Zones
zones-none = The accord's zones could not be drawn, so their depth is not audited.
zones-hint = Is the zone as deep as promised, everywhere along its line?
zones-verdict = Verdict
zones-promised = Promised depth
zones-range = { $min } to { $max } km
zones-as-agreed = , as agreed for each stretch of the line:
zones-promised-stretch = km { $from } to { $to }: { $depth } km
zones-measured = Measured depth
zones-measured-value = { $min } to { $max } km, mean { $mean } km
zones-share = Within the promise
zones-share-value = { $share } of the line
zones-area = Area
zones-area-value = { $area } km²
zones-chart = Depth of { $zone } along { $line }
zones-axis-along = km along the line
zones-axis-depth = depth, km
zones-shortfalls = Too shallow
zones-excesses = Too deep
zones-stretch = km { $from } to { $to }, by up to { $worst } m
zones-promised-band = promised
zones-true = Measured from the true line
zones-true-hint = Where the true line runs is not known exactly: it lies within { $km } km of the line drawn here, with 95% probability at each place. Where it runs elsewhere, the zone is deeper or shallower than drawn.
zones-true-depth = Depth may be
zones-true-share = Expected within the promise
zones-true-share-value = { $share } of the line; between { $low } and { $high } with 95% probability
zones-true-shallow = Too shallow somewhere
zones-true-deep = Too deep somewhere
zones-true-chance = { $likelihood }, { $p }
zones-true-area = Area, give or take
zones-true-area-value = { $error } km² (standard error)
zones-key-profile = depth from the line as drawn
zones-key-bounds = depth from the true line: anywhere in here, with 95% probability at each place
zones-key-promised = promised depth
zones-title = { $zone }, { $side } of its line
zones-certain = { $verdict }, whatever the true line
zones-uncertain = { $verdict }; the true line could change that
zones-limited = Solid: the zone ends the depth. Dotted: the bends of the line itself end it, because the ground beyond lies nearer to another part of the line; this is no shortfall, and counts as within the promise.
side-left = left
side-right = right
verdict-as_promised = as promised
verdict-within_uncertainty = differs, but by no more than the line's uncertainty
verdict-too_shallow = too shallow in places
verdict-too_deep = too deep in places
verdict-too_shallow_and_too_deep = too shallow and too deep in places

## Comparison
comparison-hint = What an analyst changed between the draft made from the announcement and the confirmed accord. The verdicts rest on the confirmed one.
comparison-found = The draft found { $found } of { $of } provisions.
comparison-provision = Provision
comparison-result = In the draft
comparison-field = Differs in
comparison-draft = Draft
comparison-confirmed = Confirmed
comparison-nothing = nothing
comparison-same = found, the same
comparison-differs = found, differs
comparison-missed = not found
comparison-extra = in the draft only
comparison-questions = What the text left open

## Readings
readings-hint = Where the text can be read in more than one way, the accord holds the readings and names the one adopted.
readings-held = held by { $who }
readings-adopted = adopted

## Texts
texts-hint = The documents that the accord quotes. Marked words are quoted by a provision.
texts-statements = Statements that oblige nobody
texts-no-text = The text of this source is not in the workspace.
texts-published = published { $day }
stance-supports = supports
stance-welcomes = welcomes
stance-rejects = rejects
stance-criticises = criticises
stance-demands = demands
stance-conditional = conditionally
stance-claims = claims
stance-neutral = says

## Method
method-verdict = Every status is computed from the accord and the recorded reports alone, by ruleset { $ruleset }. The same inputs give the same page, byte for byte.
method-silence = Silence is neither compliance nor breach: where nobody looked, an obligation stays unverified.
method-thresholds = A finding is probable from { $probable } and confirmed from { $confirmed }.
method-place = A coarse place is an area, not a point: a report counts towards an area with the probability that its true place lies inside.
method-sides = The tool takes no side. Groups and governments are called what the accord calls them; quotes stay quotes.
method-limits = Limits
method-limit-report = Reports are secondary and incomplete; many describe several incidents or a whole district.
method-limit-line = The parties published no line of contact where one is marked approximate; distances to it are no better than stated.
method-limit-judgement = The page supports a judgement and does not replace it. Check the report behind a reason before acting on it.
signed-title = What the parties have signed
signed-hint = Each party signs the digest of the accord's version, of a zone or of a line with a key of its own; it is confirmed once all who must have signed the same.
signed-confirmed = confirmed by all
signed-changed = changed since all signed it
signed-disputed = objected to
signed-partly = signed by some
signed-unconfirmed = signed by nobody
signed-by = signed by { $names }
signed-missing = not by { $names }
signed-objecting = { $names } objects
cases-title = Cases
cases-hint = Allegations that are being inquired into, as they stood at the last date of this page. What was alleged and by whom is not shown here.
case-alleged = alleged
case-inquiry = under inquiry
case-site_visit = visited
case-found = found
case-answered = answered
case-remedied = remedied
case-appealed = under appeal
case-closed = closed
case-withdrawn = withdrawn
case-result-confirmed = the allegation is confirmed
case-result-not_confirmed = the allegation is not confirmed
case-result-inconclusive = neither confirmed nor refuted
case-next = next is { $what }, by { $who }, until
case-due-inquiry = the inquiry
case-due-visit = the site visit
case-due-finding = the finding
case-due-answer = the answer
case-due-remedy = the remedy
case-due-closing = the closing
case-due-appeal = the decision on the appeal
case-overdue = overdue
method-inputs = Files behind this report
method-file = File
method-rows = Rows
method-sources = Sources
method-hash = SHA-256
method-keys = Keys
keys-dates = [ and ]: earlier and later date
keys-help = ?: this list
keys-timeline = arrows in the timeline: step through the reports
keys-map = arrows, plus and minus in the map: move and zoom
keys-escape = Escape: drop the selection
keys-title = Keys
close = Close

section-patrols = Patrols
patrols-hint = What was planned, and what the tracks of the patrols prove. Counts and shares only: where patrols were, when and by which team is not shown here.
patrols-period = From { $day }, days: { $days }
patrols-party = Party
patrols-shifts = Shifts planned
patrols-shown = shown by a track
patrols-shown_in_part = shown in part
patrols-doubtful = doubtful track
patrols-no_track = no track
patrols-visits = Visits planned
patrols-made = made
patrols-on_time = of these in time
patrols-late = of these late
patrols-short = too short
patrols-not_made = not made
patrols-unclear = cannot be said
patrols-unproven = no track, or a doubtful one
patrols-late-median = Median delay behind the plan, minutes
patrols-check_ins = Check-ins kept, of those planned
patrols-with = Visits with the other party, of those planned
patrols-of = { $part } of { $whole }
patrols-zone-seen = Share of the zone in sight
patrols-line-seen = Share of the line in sight
patrols-sight = In sight is what lies within { $km } km of a patrol's way, whatever the terrain.
patrols-sight-terrain = In sight is what lies within { $km } km of a patrol's way and is seen over the terrain.
patrols-all = all
