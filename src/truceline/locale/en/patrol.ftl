### The printable sheet of a patrol plan. Numbers and dates arrive as text, already written for the language.

sheet-title = Patrols from { $day } on, { $days ->
    [one] one day
   *[other] { $days } days
 }
sheet-secret = Planned positions of patrols: for those who patrol, and nobody else. Destroy after use.
sheet-times = Times are those of { $zone }. Mode: { $mode }. Coverage of the required intervals: { $share }.
sheet-chance = Given up so that the plan cannot be foretold, percentage points: { $points }.
sheet-synthetic = Synthetic: posts, teams or roads of this plan are invented.
sheet-margin = No team comes nearer to the line than { $least } to { $most } km ({ $times } times the 95% error of the line there).
sheet-uncovered = Not wholly covered
sheet-post = Post
sheet-visits = Visits
sheet-kept = Interval kept
sheet-why = Why not
sheet-shift = { $team } ({ $party }), { $day }
sheet-away = Leave { $leave }, back { $back }.
sheet-languages = Languages: { $languages }.
sheet-check-in = Check in within { $minutes } min of every arrival.
sheet-to = To
sheet-leave = Leave
sheet-arrive = Arrive
sheet-km = km
sheet-stay = Stay
sheet-with = With
sheet-handover = Handover
sheet-checked-in = Checked in
sheet-base = base
sheet-later = { $clock } (+{ $days } d)
mode-joint = joint
mode-coordinated = coordinated
mode-separate = separate
why-other_side = it lies on or beyond the line, seen from its party
why-near_line = it lies nearer to the line than the line may err, by the margin that is kept
why-no_team = its party has no team, or no shift in these days
why-no_language = no team of its party speaks the language that is asked for there
why-hazard = it lies in ground as dangerous as the limit or more
why-cut_off = there is no way to it from any base that keeps to the side and out of danger
why-too_far = the way there, the visit and the way back take longer than any shift
why-interval_too_short = the pause between shifts is longer than its interval
why-alone = no team of the other party could be there at the same time
why-time = the teams' time did not suffice
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
