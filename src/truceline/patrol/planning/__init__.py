"""Plans of patrols: which team visits which post when, without ever breaking a hard rule.

`model` says what is asked, `files` reads it, `windows` when a team may be out, `ground` where it may be,
`travel` how long ways take, `needs` what is due on a day, `solve` who goes where, `schedule` the times,
`plan` the days one after another, `result` the answer; `outputs` writes it for hand-held units and diaries.
"""
