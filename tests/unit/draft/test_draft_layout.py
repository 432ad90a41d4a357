from truceline.draft.text.layout import blocks_of


def _words(norm: str) -> list[tuple[str | None, str]]:
    return [(b.rank, " ".join(norm[b.start : b.end].split())) for b in blocks_of(norm)]


def test_numbered_items_lose_their_marker_and_keep_their_rank() -> None:
    norm = "Article 3. Withdrawal\n1. Tanks shall leave.\n(a) by day;\n- guns"
    assert _words(norm) == [
        ("article", "Withdrawal"),
        ("number", "Tanks shall leave."),
        ("letter", "by day;"),
        ("bullet", "guns"),
    ]


def test_items_know_the_lead_in_that_they_continue() -> None:
    norm = "The Parties shall:\n(a) cease fire;\n(b) withdraw tanks.\n\nThe mission reports."
    blocks = blocks_of(norm)
    assert [b.lead for b in blocks] == [None, 0, 0, None]


def test_a_hard_wrapped_paragraph_is_one_block() -> None:
    line = "The parties shall withdraw all heavy weapons from the zone of separation"
    norm = f"{line}\nby 15 October 2018 and keep them out of it for as long as the\naccord lasts."
    assert len(blocks_of(norm)) == 1


def test_a_blank_line_always_ends_a_block() -> None:
    assert len(blocks_of("first part\n\nsecond part")) == 2


def test_short_lines_without_a_verb_are_headings() -> None:
    blocks = blocks_of("DEMILITARIZED BELT\n\nTanks shall leave the belt.\n")
    assert [b.heading for b in blocks] == [True, False]


def test_a_dateline_is_set_apart_from_the_report() -> None:
    norm = (
        "GENEVA, 12 May (Newswire) - The two governments agreed on "
        "Wednesday to withdraw their tanks from the river."
    )
    blocks = blocks_of(norm)
    assert blocks[0].heading
    assert norm[blocks[1].start :].startswith("The two governments")


def test_a_letter_and_a_number_mark_an_item_but_not_the_row_of_a_table() -> None:
    norm = "A.1 The Assembly leaves.\nA.2 Neither side returns.\nA.3 | 20 km | tanks | both"
    assert _words(norm) == [
        ("number", "The Assembly leaves."),
        ("number", "Neither side returns."),
        ("row", "A.3 | 20 km | tanks | both"),
    ]
