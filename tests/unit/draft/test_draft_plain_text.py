from truceline.draft.text.plain import fold, normalise


def test_quotes_and_dashes_are_straightened_and_every_character_keeps_its_origin() -> None:
    text = "\u201cheavy\u201d\u00a0weapons \u2013 15\u201120\u00a0km"
    plain = normalise(text)
    assert plain.norm == '"heavy" weapons - 15-20 km'
    assert [text[i] for i in plain.origin][:2] == ["\u201c", "h"]


def test_a_soft_hyphen_vanishes_but_a_span_over_it_still_points_into_the_text_as_given() -> None:
    text = "demili\u00adtarized zone"
    plain = normalise(text)
    assert plain.norm == "demilitarized zone"
    start, end = plain.span(0, len("demilitarized"))
    assert text[start:end] == "demili\u00adtarized"


def test_an_em_dash_becomes_a_spaced_dash_without_shifting_what_follows() -> None:
    text = "zone\u2014agreed"
    plain = normalise(text)
    start, end = plain.span(plain.norm.index("agreed"), len(plain.norm))
    assert text[start:end] == "agreed"


def test_a_windows_line_end_is_one_line_end() -> None:
    assert normalise("a\r\nb\rc").norm == "a\nb\nc"


def test_names_are_compared_without_case_accents_and_apostrophes() -> None:
    assert fold("Hay\u2019at Ta\u1e25r\u012br al-Sh\u0101m") == fold("hay'at tahrir al Sham")
