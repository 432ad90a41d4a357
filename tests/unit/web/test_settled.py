"""What a server holds once it is ready is not searched for circles again."""

from __future__ import annotations

import gc

from truceline.web.serving import settle


def test_what_is_there_is_left_out_of_later_searches_and_nothing_that_comes_is() -> None:
    before = gc.get_freeze_count()
    try:
        settle()
        assert gc.get_freeze_count() - before > 10_000
        later: list[object] = []
        later.append(later)
        assert any(one is later for one in gc.get_objects())
        assert not any(isinstance(one, type(gc)) for one in gc.get_objects())  # no module is looked at
    finally:
        gc.unfreeze()
