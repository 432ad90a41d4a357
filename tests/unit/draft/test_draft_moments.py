import datetime as dt

import pytest

from truceline.draft.times.calendar import Moment, context_of, months_on, resolve
from truceline.draft.times.expressions import expressions


def _moments(text: str, published: dt.date | None = None) -> list[Moment]:
    found = expressions(text)
    context = context_of(text, found, published)
    return [resolve(e, context) for e in found]


PUBLISHED = dt.date(2018, 9, 18)  # a Tuesday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by October 15", dt.date(2018, 10, 15)),
        ("by 15 October 2018", dt.date(2018, 10, 15)),
        ("no later than the 15th of October", dt.date(2018, 10, 15)),
        ("by the first of November", dt.date(2018, 11, 1)),
        ("by the end of 2018", dt.date(2018, 12, 31)),
        ("by the end of October", dt.date(2018, 10, 31)),
        ("by the end of the month", dt.date(2018, 9, 30)),
        ("before the year is out", dt.date(2018, 12, 31)),
        ("on Monday", dt.date(2018, 9, 24)),
        ("by Tuesday", dt.date(2018, 9, 18)),
        ("by next Tuesday", dt.date(2018, 9, 25)),
        ("by tomorrow", dt.date(2018, 9, 19)),
        ("by 2018-10-15", dt.date(2018, 10, 15)),
        ("by 15.10.2018", dt.date(2018, 10, 15)),
        ("by mid-October", dt.date(2018, 10, 15)),
        ("by March 3", dt.date(2019, 3, 3)),
        ("by Christmas", dt.date(2018, 12, 25)),
        ("by midnight on 20 September", dt.date(2018, 9, 20)),
        ("at 1800 hours on 20 September", dt.date(2018, 9, 20)),
        ("from sunrise on 20 September", dt.date(2018, 9, 20)),
        ("by the last day of October", dt.date(2018, 10, 31)),
        ("until the last day of the year", dt.date(2018, 12, 31)),
        ("before the year ends", dt.date(2018, 12, 31)),
        ("from to-morrow", dt.date(2018, 9, 19)),
        ("within a fortnight from tomorrow", dt.date(2018, 10, 3)),
        ("within 20 days from Oct. 1", dt.date(2018, 10, 21)),
        ("twelve weeks after 1 October", dt.date(2018, 12, 24)),
        ("within 30 days, counted from today", dt.date(2018, 10, 18)),
        ("within two weeks from today", dt.date(2018, 10, 2)),
        ("by the tenth", dt.date(2018, 10, 10)),
        ("on the 28th", dt.date(2018, 9, 28)),
        ("by the 5th instant", dt.date(2018, 10, 5)),
        ("by 091800", dt.date(2018, 10, 9)),
        ("by 1800 GMT Friday", dt.date(2018, 9, 21)),
        ("from six o'clock tomorrow morning", dt.date(2018, 9, 19)),
        ("from the zero hours of 1 October", dt.date(2018, 10, 1)),
        ("this afternoon", dt.date(2018, 9, 18)),
        ("on the first Sunday in October", dt.date(2018, 10, 7)),
        ("by the end of the first week of October", dt.date(2018, 10, 7)),
        ("in the first twenty days of October", dt.date(2018, 10, 20)),
        ("for the rest of the year", dt.date(2018, 12, 31)),
        ("by May Day", dt.date(2019, 5, 1)),
        ("starting in November", dt.date(2018, 11, 1)),
        ("by the same Friday", dt.date(2018, 9, 21)),
    ],
)
def test_a_deadline_is_resolved_against_the_day_of_publication(words: str, day: dt.date | None) -> None:
    (moment,) = _moments(f"Tanks must leave {words}.", PUBLISHED)
    assert moment.date == day


def test_without_a_date_of_its_own_the_years_that_the_text_gives_decide() -> None:
    october, year = _moments("The zone stands by October 15. Roads reopen by the end of 2018.")
    assert october.date == dt.date(2018, 10, 15)
    assert year.date == dt.date(2018, 12, 31)


def test_a_deadline_without_any_year_stays_open_and_says_so() -> None:
    (moment,) = _moments("Tanks must leave by 15 October.")
    assert moment.date is None
    assert moment.open is not None
    assert "no year" in moment.open


def test_a_year_of_the_past_does_not_lend_itself_to_a_deadline() -> None:
    moments = _moments("The war, which began in 2014, ends. Tanks must leave by 15 October.")
    assert moments[-1].date is None


def test_two_years_ahead_leave_a_deadline_open() -> None:
    moments = _moments(
        "Tanks leave by 15 October. Roads open by the end of 2018, schools by the end of 2019."
    )
    assert moments[0].date is None
    assert "several years" in (moments[0].open or "")


def test_the_day_of_signature_dates_the_document() -> None:
    text = "Signed at Geneva on 3 March 2021.\nTanks shall leave by 20 March."
    assert _moments(text)[-1].date == dt.date(2021, 3, 20)


def test_day_and_month_that_can_be_swapped_stay_open() -> None:
    (moment,) = _moments("Tanks must leave by 04/05/2020.", PUBLISHED)
    assert moment.date is None
    assert "day/month" in (moment.open or "")


@pytest.mark.parametrize(
    ("words", "anchor", "amount"),
    [
        ("within 14 days of signature", "signature", (0, 0, 14, 0)),
        ("within fourteen (14) days after the entry into force", "the entry into force", (0, 0, 14, 0)),
        ("no later than 24 hours after the ceasefire", "the ceasefire", (0, 0, 0, 24)),
        ("two weeks from the signing of this Protocol", "the signing of this Protocol", (0, 2, 0, 0)),
        ("not later than the fifth day after the pullback", "the pullback", (0, 0, 5, 0)),
        ("within a month of the signing", "the signing", (1, 0, 0, 0)),
    ],
)
def test_a_relative_deadline_keeps_its_anchor(
    words: str, anchor: str, amount: tuple[int, int, int, int]
) -> None:
    (moment,) = _moments(f"Tanks shall leave {words}.")
    assert (moment.anchor, moment.amount) == (anchor, amount)


@pytest.mark.parametrize(
    "words", ["for 72 hours", "three days of talks", "a 30-day truce", "may 15 soldiers"]
)
def test_durations_and_other_numbers_are_no_deadlines(words: str) -> None:
    assert _moments(f"They held {words}.") == []


@pytest.mark.parametrize(
    "words",
    ["on the first Tuesday of every month", "at the Thursday market", "thirty in a day", "once in ten days",
     "at one hour's notice"],
)  # fmt: skip
def test_what_recurs_and_what_is_a_rate_is_no_deadline(words: str) -> None:
    assert _moments(f"Lorries may pass {words}.", PUBLISHED) == []


@pytest.mark.parametrize(
    ("definition", "words", "day"),
    [
        ("D-Day: 12 April 2027, 06:00 local time.", "by D+5", dt.date(2027, 4, 17)),
        ("D-day is 12 April 2027.", "within 30 days after D-day", dt.date(2027, 5, 12)),
        ("Entry into Force Day (EIF): 16 May 2033, 0001 hours.", "by EIF + 3 days", dt.date(2033, 5, 19)),
        ("Entry into Force Day (EIF): 16 May 2033.", "as from EIF", dt.date(2033, 5, 16)),
    ],
)
def test_a_named_day_is_the_day_that_the_text_defines(definition: str, words: str, day: dt.date) -> None:
    assert _moments(f"{definition}\nTanks shall leave {words}.")[-1].date == day


@pytest.mark.parametrize(
    ("definition", "anchor"),
    [
        ("D being the date of this memorandum.", "signature"),
        ("Day D is the day on which the Final Agreement is signed.", "signature"),
        ("D is the day of entry into force.", "entry into force"),
        ("The ceasefire takes effect at noon on D-Day.", "ceasefire"),
        ("", "D-Day"),
    ],
)
def test_a_named_day_counts_from_what_the_text_says_it_is(definition: str, anchor: str) -> None:
    moment = _moments(f"{definition}\nTanks shall leave by D+10.")[-1]
    assert (moment.anchor, moment.amount) == (anchor, (0, 0, 10, 0))


def test_an_anchor_may_run_over_the_end_of_a_line() -> None:
    (moment,) = _moments("Not later than 30 days after entry into\nforce, tanks shall leave.")
    assert moment.anchor == "entry into force"


def test_until_and_from_are_told_apart_from_by() -> None:
    roles = [m.role for m in _moments("from 1 May 2020 until 3 June 2020 and by 4 July 2020")]
    assert roles == ["from", "until", "due"]


def test_before_a_day_does_not_include_it() -> None:
    (moment,) = _moments("Tanks must leave before 15 October 2018.")
    assert (moment.date, moment.inclusive) == (dt.date(2018, 10, 15), False)


def test_months_are_added_to_the_last_day_of_a_shorter_month() -> None:
    assert months_on(dt.date(2020, 1, 31), 1) == dt.date(2020, 2, 29)
    assert months_on(dt.date(2020, 11, 30), 3) == dt.date(2021, 2, 28)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("D-Day: 12 April 2027. Guns go by D plus 3.", dt.date(2027, 4, 15)),
        ("D-Day: 12 April 2027. Orders are given by D minus 2.", dt.date(2027, 4, 10)),
        ("Day 1 (6 August 2012) is quiet. On day three the boats leave.", dt.date(2012, 8, 8)),
        (
            'From 16 April 2018 (the "Effective Date"). Within ten days of the Effective Date.',
            dt.date(2018, 4, 26),
        ),
        ("In force 1 July 2029. None shall fly from entry into force.", dt.date(2029, 7, 1)),
        ("Signed on 11 March 2024. No flights from the day of signature.", dt.date(2024, 3, 11)),
    ],
)
def test_steps_count_from_the_day_that_the_text_places(text: str, day: dt.date) -> None:
    assert _moments(text, dt.date(2012, 7, 30) if "Day 1" in text else None)[-1].date == day


@pytest.mark.parametrize("words", ["day 16", "the sixteenth day"])
def test_a_numbered_day_that_the_text_does_not_place_counts_from_a_first_day(words: str) -> None:
    (moment,) = _moments(f"Talks must begin no later than {words}.")
    assert (moment.date, moment.anchor, moment.amount) == (None, "Day 1", (0, 0, 15, 0))


@pytest.mark.parametrize(
    "words",
    [
        "on the first and third Wednesday of each month",
        "at the end of each month",
        "on the first of the month",
        "five days a week",
    ],
)
def test_what_recurs_is_no_one_day(words: str) -> None:
    assert [m for m in _moments(f"The Committee meets {words}.", PUBLISHED) if m.date] == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The accord was signed here on Monday.", dt.date(2018, 9, 17)),
        ("Both initialled it, and it was signed in Kor on 12 September.", dt.date(2018, 9, 12)),
        ("The accord is to be signed next month.", None),
    ],
)
def test_the_day_of_signature_is_seen_from_the_day_of_the_text(text: str, day: dt.date | None) -> None:
    assert context_of(text, expressions(text), PUBLISHED).signed == day
