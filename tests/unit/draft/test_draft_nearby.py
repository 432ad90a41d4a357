"""How near a party was named before a clause is told where it is weighed who is bound."""

from __future__ import annotations

from truceline.draft.clause import Clause
from truceline.draft.extract import Harvester
from truceline.draft.judging.nearby import Near, counted

TEXT = (
    "Chad and Sudan signed an agreement on Monday. A Border Watch Commission is set up. "
    "It shall report to both every week. The Commission shall also count the tanks of Chad."
)


def _near(words: str) -> dict[str, Near]:
    reading = Harvester(TEXT, None)
    clauses: list[Clause] = [c.clause for _, _, found in reading.read for c in found]
    clause = next(c for c in clauses if reading.text.raw(c.first, c.last).startswith(words))
    names = {notes.key: notes.name for notes in reading.reader.registry.all()}
    return {names[key]: near for key, near in reading.resolver.nearby.of(clause).items() if key in names}


def test_whom_the_sentence_before_opens_with_was_named_last_and_opens_it() -> None:
    near = _near("It shall report")
    commission = next(near[name] for name in near if "Commission" in name)
    assert (commission.rank, commission.far, commission.opens) == ("0", "previous", "previous")
    assert near["Chad"].rank != "0"
    assert near["Chad"].far == "block"


def test_a_word_of_one_party_s_name_alone_in_the_subject_is_told() -> None:
    near = _near("The Commission shall")
    assert next(near[name] for name in near if "Commission" in name).words == "subject alone"
    assert near["Chad"].words == "own alone"


def test_a_party_that_is_named_only_afterwards_is_not_near() -> None:
    text = "The army shall withdraw. Chad and Sudan welcomed it."
    reading = Harvester(text, None)
    clause = next(c.clause for _, _, found in reading.read for c in found)
    assert all(near.rank == "none" for near in reading.resolver.nearby.of(clause).values())


def test_words_that_count_parties_are_read() -> None:
    assert counted(["the", "three", "armies"]) == 3
    assert counted(["neither", "side"]) == 2
    assert counted(["the", "army"]) is None
