"""Planned patrols beside what tracks show: which planned visits were made, how late, and which were not.

`expected` is the plan as a file says it, `assign` whose track is which shift's, `visits` what became of each
planned visit and check-in, `driven` the whole comparison, `tally` what of it may be told to whom.
"""
