"""How much Python does for each word of a text that is drafted, in calls and not in seconds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from truceline.draft import draft_text

TEXTS = Path(__file__).parents[2] / "data" / "draft" / "dev"


def test_a_longer_text_takes_hardly_more_work_for_each_word(
    count_calls: Callable[[Callable[[], Any]], int],
) -> None:
    texts = [path.read_text("utf-8") for path in sorted(TEXTS.glob("*.txt"))[:6]]
    short, long = "\n\n".join(texts[:2]), "\n\n".join(texts)
    re.purge()  # filled by other tests, it would be emptied in the middle and patterns compiled again
    draft_text(long)  # loads models and word lists
    each = [
        count_calls(partial(draft_text, text, published=dt.date(2021, 1, 1))) / len(text.split())
        for text in (short, long)
    ]
    # 351 and 401 on 2026-11-26 (689 and 1,864 words), since the nearness of names and the seams between
    # clauses are weighed (decisions 0316, 0317); 328 and 374 before that. Who teaches the draft something
    # that is worth more work raises the bounds and says so.
    assert each[0] < 370
    assert each[1] < 420
