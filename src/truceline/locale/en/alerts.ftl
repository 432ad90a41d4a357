### What alerts say.

alert-status = “{ $name }” was { $before } and is now { $after }.
alert-entry = Reported in { $zone }: { $kind }, { $at } ({ $id }).
alert-more = Not listed here: { $count } more.
