### The words of the web application that the report does not have. Numbers arrive as numbers.

## The frame
app-nav = Views
app-home = To the obligations
app-skip = Skip to the content
app-search = Search
app-search-hint = Obligation, place, view or identifier
app-found-view = View
app-found-place = Place
app-settings = Language, colours, printing
app-language = Language
app-theme = Colours
app-theme-auto = as the device
app-theme-light = light
app-theme-dark = dark, for night duty
app-print = Print
app-print-foot = { $address } · printed { $when }
app-close = Close
app-cancel = Cancel
app-open = Open
app-loading = Loading…
app-retry = Try again
app-unreachable = The server cannot be reached. What was read before stays readable; what you record is kept here and sent when the connection is back.
app-not-allowed = Your role may not see or do this.
app-nothing-fits = Nothing fits what you ask for.
app-more = { $count ->
    [one] and one more
   *[other] and { $count } more
  }
app-choose = Choose…
app-yes = yes
app-no = no
app-km = km

## Views
app-view-board = Obligations
app-view-map = Map
app-view-timeline = Timeline
app-view-desk = Incident desk
app-view-accord = Accord
app-view-drafts = Drafts
app-view-designation = Designation
app-view-cases = Cases
app-view-effort = Observation
app-view-exports = Files
app-view-explain = Reasons
app-view-log = Log
app-view-accounts = Accounts

## Signing in
app-sign-in = Sign in
app-sign-in-name = Name
app-sign-in-password = Password
app-sign-in-code = One-time code
app-sign-in-wrong = Name or password is wrong.
app-sign-in-code-wrong = This code is not right, or was used before. Wait for the next one.
app-sign-in-first = This is a first password, which somebody else knows. Choose one of your own.
app-sign-in-new-password = New password
app-sign-in-wait = Too many attempts. Wait a minute and try again.
app-sign-out = Sign out
app-role = Role
app-role-public = public
app-role-observer = observer
app-role-liaison = party liaison
app-role-analyst = analyst
app-role-monitor = monitor
app-role-administrator = administrator
app-role-change = Change the role
app-role-change-hint = The person is signed out everywhere and signs in again.

## Connection
app-offline = offline
app-waiting = { $count ->
    [one] one entry waits to be sent
   *[other] { $count } entries wait to be sent
  }
app-refused = { $count ->
    [one] one entry was refused
   *[other] { $count } entries were refused
  }
app-waiting-title = Waiting to be sent
app-kept-until-online = Kept on this device. It is sent as soon as the connection is back, and arrives once.

## The two times
app-as-of = As of
app-as-of-long = State as of the end of
app-as-of-hint = What was true at that time.
app-known-at = Known by
app-known-at-long = From what was known by the end of
app-known-at-hint = What had been recorded by that time, and nothing later.
app-now = now
app-back-to-now = Back to now
app-when-hint = Days end at midnight in the time zone { $zone }.
app-both-times = The two times
app-since = Since

## Keys
app-keys-title = Keys
app-key-search = Search
app-key-keys = Keys
app-key-new = Record an incident
app-keys-board = Next and previous obligation
app-keys-map = Move and zoom the map
app-keys-timeline = A day back and forth on the time slider
app-keys-dialog = Close what is open

## Alerts
app-alerts = Alerts
app-dismiss = Dismiss
app-becomes = becomes

## Obligations
app-board-search = Search the obligations
app-filter-status = Filter by status
app-order = Order
app-order-urgency = most urgent first
app-order-due = by deadline
app-order-text = as in the text
app-changed-since = Changed since you last looked, { $when }
app-no-change-since = Nothing has changed since you last looked, { $when }.
app-only-changed = Only these
app-mark-seen = I have seen them
app-new-obligation = new
app-moved-up = { $points } points more
app-moved-down = { $points } points less
app-kind = Kind
app-deadline = Deadline

## Reasons
app-explain-ask = Identifier of an obligation, a report, a zone, a line, a case or a proposal
app-own-page = On a page of its own
app-in-the-text = in the text
app-report-of = Report { $id }
app-rule = The rule and its numbers
app-rule-numbers = Numbers of the rule
app-adds = What it adds to
app-adds-nothing = It bears on no obligation at this date.
app-same-incident = Other reports of the same incident
app-same-incident-none = No other report of it is on record.
app-counts-not = does not count
app-recorded = Recorded
app-prove = Prove that it is on record

## Acts on a report
app-acts = What you can do
app-corroborate = Add another source's report
app-corroborating = Another report of the same incident as { $id }. Write what your source says.
app-correct-hint = What is recorded stays. The corrected values count from now on, with your name and reason.
app-act-supersede = Correct or rate
app-act-retract = Retract
app-act-reinstate = Count again
app-act-dispute = Object
app-act-support = Support
app-act-undispute = Withdraw what was said before
app-dispute = Object or support
app-in-the-name-of = In the name of
app-own-name = my own name
app-reason = Reason
app-record = Record
app-recorded-now = Recorded.
app-throw-away = Discard

## Incident desk
app-desk-title = Record an incident
app-kind-of-incident = What happened
app-day = Day
app-time = Time, if known
app-last-day = Last day, if several
app-zone-hint = Days and times are those of { $zone }.
app-report-words = What is reported, in the words of the source
app-place = Place
app-place-map = Map to choose the place on
app-place-hint = Type a place or click on the map. The circle holds the true place with 95% probability.
app-lon = Longitude
app-lat = Latitude
app-error-m = Known to within, in metres
app-who-and-how = Who, how many, how it is known
app-actor = By whom
app-target = Against whom
app-count = How many
app-manner = How it was observed
app-manner-seen = seen
app-manner-heard = heard
app-manner-camera = camera
app-manner-unmanned_aircraft = unmanned aircraft
app-manner-satellite = satellite
app-manner-reported = reported by others
app-source = Source
app-source-hint = leave empty for your own observation
app-reliability = Reliability of the source
app-reliability-A = completely reliable
app-reliability-B = usually reliable
app-reliability-C = fairly reliable
app-reliability-D = not usually reliable
app-reliability-E = unreliable
app-reliability-F = cannot be judged
app-credibility = Credibility of the information
app-credibility-1 = confirmed by other sources
app-credibility-2 = probably true
app-credibility-3 = possibly true
app-credibility-4 = doubtful
app-credibility-5 = improbable
app-credibility-6 = cannot be judged
app-draft-kept = Draft kept on this device at { $time }
app-similar = May be the same incident
app-newest = Recorded last
app-fault-kind = Say what happened.
app-fault-day = Say on which day.
app-fault-last-day = The last day lies before the first.
app-fault-report = Write what is reported.
app-fault-place = Longitude and latitude in degrees, both or neither.
app-fault-error = Say how exactly the place is known.
app-fault-count = A whole number.

## Map
app-zoom-in = Zoom in
app-zoom-out = Zoom out
app-span = Reports of
app-span-all = all dates
app-span-days = { $count ->
    [one] one day
   *[other] { $count } days
  }
app-legend-accord = The accord
app-legend-reports = Reports
app-legend-ground = Ground
app-legend-areas = A report is an area that holds its true place with 95% probability; the mark in the middle says its kind. Dashed: synthetic.
app-layer-unseen = Where nobody looked
app-km-from = { $km } km from { $place }
app-in-a-zone = In a zone
app-unseen-nowhere = There is no ground in which nobody looked.
app-route-open = open
app-route-partly_open = partly open
app-route-closed = closed
app-route-unverified = unverified
app-measure = Measure
app-measure-hint = Click on the map to measure along the ellipsoid. Three places or more also give the area.
app-measure-centre = Add the middle of the map
app-measure-undo = Undo
app-as-table = As a table

## Timeline
app-play = Play
app-pause = Pause
app-pace = Step
app-compare-with = Compare with
app-compare-title = { $one } and { $other }
app-compare-same = No status differs between the two dates.

## Accord
app-provisions = Provisions
app-quotes = { $count ->
    [one] one quote
   *[other] { $count } quotes
  }
app-no-questions = The accord notes no question of reading.
app-assess-so = Assess under this reading

## Designation
app-designation-lede = A group is on the list once every party that must agree has signed, each with its own key. Your key signs here, in this browser, and is never sent.
app-no-proposals = Nothing is proposed.
app-key-title = Your party's key
app-key-hint = Choose the key file of your party. It stays in this page, is never sent, and is forgotten when the page is closed or you sign out.
app-key-file = Key file
app-key-held = The key is ready to sign.
app-key-missing = Choose your party's key file first.
app-key-form = This is no key file of this program.
app-key-passphrase = Passphrase of the key file
app-key-unlock = Open the key
app-key-wrong-passphrase = The passphrase does not open this key file.
app-key-other-lock = This key file is locked in a way that is not known here. Use one that truceline key new wrote.
app-sign-with-key = Sign it with our party's key
app-signed-with-key = signed with its key
app-as-reported = as it was reported to the office
app-subject-accord = The accord
app-subject-zone = Zone
app-subject-line = Line
app-propose = Propose a group
app-propose-and-sign = Propose and sign
app-group = Group
app-proposal-in-force = in force
app-proposal-disputed = disputed
app-proposal-waiting = waiting for consent
app-step-propose = Proposal
app-consented = Consented
app-missing = Missing
app-objected = Objecting
app-step-consent = Consent
app-step-object = Object
app-step-withdraw = Withdraw consent

## Cases
app-cases-lede = Allegations through inquiry, finding and answer to remedy: who must act next, and until when.
app-only-overdue = Only overdue
app-no-cases = There is no such case.
app-case-open = Open a case
app-case-title = Title, without names of persons
app-allegation = Allegation
app-case-observations = Identifiers of the reports
app-concerned = Parties concerned
app-opened = Opened
app-office = the office that keeps the record
app-next-step = Next: { $what }
app-is-due = due { $day }
app-was-due = was due { $day }
app-step = Step
app-party = Party
app-accepts = accepts the finding
app-rejects = rejects the finding
app-remedy-by = Remedy by
app-act-open = Opened
app-act-inquiry = Inquiry
app-act-visit = Site visit
app-act-visit_refused = Site visit refused
app-act-finding = Finding
app-act-answer = Answer
app-act-remedy = Remedy
app-act-appeal = Appeal
app-act-withdraw = Withdrawn
app-act-reopen = Reopened
app-act-link = More reports or parties
app-act-close = Closed

## Observation effort
app-effort-lede = Where somebody looked, for how long, and where nobody did. “None seen” is not the same as “nobody looked”.
app-effort-caption = Hours of observation by place and week
app-hours = Hours
app-refused-count = Refused
app-nobody-looked = nobody looked
app-elsewhere = outside of all zones

## Log
app-log-lede = Everything recorded is in a log that cannot be changed unnoticed. This page checks it in your own browser, without trusting the server.
app-head = Signed head of the log
app-entries = Entries
app-root = Root
app-log-key = Key of the log
app-verify-head = Verify the head
app-download-head = Download the head
app-head-kept = This browser keeps a head that it checked before: the log must continue it.
app-head-not-kept = This browser has not checked this log before. Compare the key with the office over another channel.
app-head-signed = The signature over { $size } entries holds.
app-head-recorded = Recorded { $when }.
app-head-continues = The log continues the { $size } entries that this browser had checked: nothing of them was changed or removed.
app-prove-title = Prove an entry
app-prove-hint = Give the identifier of an observation, or a table and a number.
app-leaf-in-tree = Entry { $index } of { $size } is in the tree of the signed head.
app-leaf-content = Its content is what was recorded.
app-leaf-withheld = Its content is kept back from your role; that it is on record is proved.
app-leaf-recorded = Recorded { $when }.
app-what-was-recorded = What was recorded
app-proof-good = Proved
app-proof-bad = Not proved:
app-no-ed25519 = this browser cannot check Ed25519 signatures.
app-proof-form = the proof is not of its form.
app-proof-key = the key is no log key.
app-head-unsigned = nobody has signed this head: the server does not have the log's key.
app-proof-key-changed = the log comes with another key than at your first visit.
app-proof-other-log = the head is of another log.
app-proof-signature = the head is not signed by the key.
app-proof-path = the path does not lead to the root.
app-proof-shrunk = the log has fewer entries than the head that was kept.
app-proof-rewritten = the log does not continue the head that was kept: it was rewritten.
app-proof-nothing = the proof proves nothing.
app-proof-not-in-tree = the entry is not in the tree of the head.
app-proof-content = the content is not what was recorded.
app-proof-other-thing = the content is of another thing than was asked for.
app-proof-not-continued = the proof does not continue the head that was kept.

## Accounts
app-account-new = New account
app-account-make = Make the account
app-account-made = The account { $name } was made.
app-account-since = Since
app-account-end = End
app-account-reopen = Reopen
app-first-password = First password
app-second-factor = One-time codes
app-second-factor-off = Take one-time codes away
app-readings-log = Who read which sensitive data
app-sign-ins = Who signed in or tried to
app-sign-ins-failed = Only those that failed
app-sign-in-outcome-signed-in = signed in
app-sign-in-outcome-wrong-name = no such account
app-sign-in-outcome-wrong-password = wrong password
app-sign-in-outcome-wrong-code = wrong one-time code
app-sign-in-outcome-locked = locked after too many attempts
app-sign-in-outcome-ended = the account has ended
app-sign-in-outcome-first-password-expired = first password no longer valid
app-sign-in-way-password = with a password
app-sign-in-way-provider = through the provider
app-sign-in-way-local = with the address that the server printed
app-sign-in-way-device = as a device
app-sessions = Where you are signed in
app-session-times = Since { $since }, last used { $seen }
app-session-this = This browser
app-session-end = End this session

## Own account and photographs
app-own-account = Own account
app-password-change = Change the password
app-password-old = Present password
app-password-old-wrong = The present password is wrong.
app-password-new = New password
app-codes-asked = One-time codes are asked for when you sign in.
app-codes-begin = Ask for one-time codes from now on
app-codes-hint = Scan this code with an authenticator application, or enter the secret below it there, then confirm with a code of it. You sign in again afterwards.
app-codes-qr = QR code of the secret for one-time codes
app-codes-open = Open in an authenticator application
app-codes-confirm = Confirm
app-photographs = Photographs
app-photograph = Photograph { $number }
app-photograph-add = Add a photograph (place and camera data in it are removed)

## Ground: depth, sectors, effort beside counts, trend
layer-depth = Depth of zones along the line
layer-sectors = Sectors
layer-coverage = Share of each sector patrolled
app-legend-watch = What was watched
app-depth = Depth
app-depth-of = Depth: { $zone }
app-depth-title = Depth along the line: { $zone }
app-depth-none = No depth of this zone is promised from one line, so there is nothing to audit.
app-depth-promised = Promised depth, km
app-depth-measured = Depth of the zone
app-depth-limited = Ended by the line's own bends: no shortfall
app-depth-short = Not deep enough
app-depth-over = Deeper than promised
app-depth-left = Left of the line
app-depth-right = Right of the line
app-depth-verdict = As promised along { $share } of the line; from { $least } to { $most } km deep.
app-depth-uncertain = The line is not known well enough to be sure.
app-depth-place = Place along the line
app-depth-hint = Point at the chart, or use the arrow keys on the slider, to see each place on the map.
app-depth-at = At { $along } km along the line the zone is { $depth } km deep; promised: { $promised } km.
app-depth-at-short = It is { $km } km short.
app-depth-at-over = It is { $km } km too deep.
app-depth-at-limited = The line's own bends leave no more ground here.
app-depth-caption = The line in stretches, against the promised depth
app-depth-along = Along the line, km
app-depth-state = Depth there
app-depth-deep = Depth, km
app-depth-by = by { $km } km at the worst
app-depth-state-within = as promised
app-depth-state-limited = less, by the line's own bends
app-depth-state-short = not deep enough
app-depth-state-over = deeper than promised
app-area = Area
app-by-party = By party
app-patrolled = { $share } patrolled
app-patrolled-range = { $least }–{ $most } patrolled
app-patrolled-none = not patrolled
app-patrolled-unknown = no finding on patrols
app-watched = Watched for { $hours } hours on { $count ->
    [one] one day
   *[other] { $shown } days
  }.
app-watched-nobody = In { $share } of the ground nobody looked.
app-watched-none = Nobody looked: that nothing is reported says nothing.
app-watched-hours = Watched for { $hours } hours
app-nobody-watched = Nobody looked
app-lane-watched = { $hours } hours watched; in { $share } of the time nobody looked.
app-effort-on-map = Show on the map where nobody looked
app-case-reports = { $count ->
    [0] No report.
    [one] One report.
   *[other] { $shown } reports.
  }
app-case-watched = In the thirty days before it was opened:
app-trend = Over { $count ->
    [one] the last week
   *[other] the last { $count } weeks
  }: { $told }
app-trend-from = from { $day } { $status }
app-found-zone = Zone
app-found-sector = Sector
app-found-route = Route
app-found-town = Place
app-found-district = District

## Files
app-exports-lede = Data and reports as files, in the edition that your role may see. Each says as of when and from what was known; what takes long is made on the server's side.
app-order-new = Order a file
app-order-what = What
app-order-report = Report
app-order-data = Data
app-order-format = Format
app-order-edition = Edition
app-edition-public = for the public
app-edition-parties = for the parties
app-edition-internal = internal, not to be passed on
app-order-period = Period
app-period-all = since the signing
app-period-day = a day
app-period-week = a week
app-period-month = a month
app-format-gpkg = GeoPackage
app-format-geojson = GeoJSON
app-format-csv = CSV with HXL tags
app-format-parquet = GeoParquet
app-format-zip = data package (zip)
app-format-html = page (HTML)
app-format-pdf = PDF
app-format-docx = Word document
app-export-observations = Observations
app-export-zones = Zones and bands
app-export-lines = Lines
app-export-routes = Routes
app-export-obligations = Obligations
app-export-effort = Where somebody looked
app-export-patrols = Patrols
app-export-weapons = Weapons ledger
app-export-corrections = Corrections
app-order-standing = Only observations that count, none that were corrected away
app-order-as-of = As of { $day }.
app-order-newest = As of the newest record; choose another day in the head of the page.
app-order-known-at = Known by { $day }.
app-order-publish = Publish it: its assessment and its digest enter the log, under my name
app-order-make = Order
app-orders = Ordered
app-no-orders = Nothing is ordered.
app-order-state-waiting = waits
app-order-state-making = is being made
app-order-state-ready = ready
app-order-state-failed = failed
app-order-step-waiting = Waits for its turn
app-order-step-reading = Reads and assesses the record
app-order-step-writing = Writes the file
app-order-fetch = Download
app-kilobytes = { $size } kB
app-order-of = As of { $asOf }, known by { $knownAt }
app-order-published = Published, in the log as
app-order-cancel = Take back
app-order-remove = Remove
app-order-until = Kept until { $time }

## Drafts
app-drafts-lede = The text of an agreement becomes an accord: a machine drafts, an analyst confirms, corrects or rejects sentence by sentence and answers what the text leaves open.
app-drafts-kept = Drafts and their history are kept in the workspace.
app-drafts-not-kept = This server keeps drafts only while it runs. Download what is to stay, or have it started with --keep-drafts.
app-drafts-there = Drafts that are there
app-no-drafts = There is no draft yet.
app-draft-new = Draft a text
app-draft-new-hint = Plain text, HTML, PDF or DOCX, in English; or paste the text. It is read on the server and sent nowhere else.
app-draft-document = Document
app-draft-published = Published on
app-draft-paste = Or the text itself
app-draft-name = Name of the text
app-draft-make = Draft
app-draft-making = The text is being read
app-draft-left = { $count ->
    [0] Everything is decided.
    [one] One provision or question is open.
   *[other] { $count } provisions and questions are open.
  }
app-draft-only-open = Only what is open
app-draft-changed = Line { $line } of this draft's history was changed outside of the program; nothing more is added to it.
app-draft-confidence = The draft's confidence: { $p }
app-draft-statement = Statement, obliges nobody
app-decision-open = open
app-decision-confirmed = confirmed
app-decision-corrected = corrected
app-decision-rejected = rejected
app-decision-added = added
app-decision-answer = answered
app-decision-leave_open = left open
app-decision-waits = waits to be sent
app-decide-confirm = Confirm
app-decide-correct = Correct
app-decide-reject = Reject
app-decide-reopen = Take back
app-decide-save = Save
app-draft-subject = About what
app-draft-quote = Quote, letter for letter as in the text
app-draft-rest = Other fields, as in the accord file (JSON)
app-draft-not-json = The other fields are not JSON.
app-draft-add = Add a provision from this sentence
app-draft-question = The text leaves open
app-draft-answer = Answer
app-draft-leave-open = Leave it open
app-draft-needs-reason = Leaving it open needs a reason
app-draft-no-answer = Give an answer, or leave the question open with a reason.
app-draft-no-line = This file holds no line in GeoJSON.
app-draft-side-first = Give the line and the depth of the zone first.
app-draft-days-after = Days
app-draft-after = Counted from
app-draft-mode = How they patrol
app-mode-joint = jointly
app-mode-coordinated = in coordination
app-mode-separate = separately
app-draft-measure = What the distance measures
app-measure-depth = one side's depth
app-measure-width = the total width
app-draft-side = Side of the line, in its drawing direction
app-side-left = left
app-side-right = right
app-side-both = both
app-draft-times = How many times
app-draft-per = In each
app-per-day = day
app-per-week = week
app-per-month = month
app-draft-least-km = At least, km
app-draft-most-km = At most, km
app-draft-line-file = The line, as a GeoJSON file
app-draft-left-of-line = On its left
app-draft-right-of-line = On its right
app-draft-time-zone = Time zone
app-draft-head = Title, signature, parties
app-draft-title = Title
app-draft-parties = Parties
app-draft-party-name = Name
app-draft-party-role = Role
app-draft-party-new = Identifier of another party (lower-case letters, digits, hyphens)
app-party-role-guarantor = guarantor
app-party-role-side = side
app-party-role-group = group
app-party-role-supporter = supporter
app-party-role-observer = observer
app-draft-finish = Finish
app-draft-faults = If it were confirmed now:
app-draft-confirmed = { $who } confirmed the accord on { $when }.
app-draft-confirm = Confirm the accord
app-draft-fetch-accord = Download the accord (YAML)
app-draft-fetch-draft = Download the draft (YAML)
app-draft-fetch-package = All of it, with text and history (zip)
app-draft-history = { $count ->
    [one] One decision
   *[other] { $count } decisions
  }
app-history-confirm = Confirmed
app-history-correct = Corrected
app-history-reject = Rejected
app-history-reopen = Taken back
app-history-add = Added
app-history-answer = Answered
app-history-leave_open = Left open
app-history-head = Title or dates set
app-history-part = Part set
