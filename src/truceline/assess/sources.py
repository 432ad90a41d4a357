"""Who says it: sources, their ratings, and which of them repeat one another.

Sources that repeat one another are one group; independence is between groups.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from truceline.accord.model import Accord
from truceline.assess.columns import Evidence, Floats, Rows
from truceline.assess.inquiries import SOURCE
from truceline.assess.ruleset import Ruleset


@dataclass(frozen=True, slots=True)
class Voices:
    """Per row of the evidence the number of its voice, the voices' names, and how sound each is."""

    number: npt.NDArray[np.int32]
    names: list[str]
    soundness: Floats


class Sources:
    """The ratings and the groups of the sources that an accord lists, found by id or by name.

    `inquiries` are the reliabilities of the findings that cases confirmed: together these are one source.
    """

    def __init__(self, accord: Accord, ruleset: Ruleset, inquiries: Iterable[str] = ()) -> None:
        self.ruleset = ruleset
        self._inquiries = max((ruleset.soundness[letter] for letter in inquiries), default=None)
        self.ratings = {source.id: source for source in accord.verification.sources}
        self._ids = {source.id.casefold(): source.id for source in accord.verification.sources} | {
            name.casefold(): source.id for source in accord.verification.sources for name in source.names
        }
        self._leader = self._groups()
        self._true: tuple[Evidence, Floats] | None = None
        self._voices: tuple[Evidence, Voices] | None = None

    def _groups(self) -> dict[str, str]:
        leader = {id: id for id in self.ratings}

        def root(id: str) -> str:
            while leader[id] != id:
                id = leader[id]
            return id

        for id, source in self.ratings.items():
            for other in source.repeats:
                leader.setdefault(other, other)
                a, b = sorted((root(id), root(other)))
                leader[b] = a
        return {id: root(id) for id in leader}

    def id_of(self, name: str) -> str:
        """The id under which the accord rates a source; the name itself where it does not."""
        return self._ids.get(name.strip().casefold(), name)

    def group_of(self, name: str) -> str:
        """The group of sources that repeat one another, by its first id."""
        id = self.id_of(name)
        return self._leader.get(id, id)

    def reliability_of(self, name: str) -> str:
        """The accord's rating of a source, F where it has none."""
        rating = self.ratings.get(self.id_of(name))
        return rating.reliability if rating else "F"

    def soundness(self, group: str) -> float:
        """The soundness of the best-rated source of a group."""
        if group == SOURCE and self._inquiries is not None:
            return self._inquiries
        letters = [s.reliability for id, s in self.ratings.items() if self._leader.get(id, id) == group]
        return self.ruleset.soundness[min(letters)] if letters else self.ruleset.soundness["F"]

    def groups_at(self, evidence: Evidence, rows: Rows) -> tuple[npt.NDArray[np.int32], list[str]]:
        """Per row the number of its source's group, and the groups' names in order."""
        codes, values = evidence.codes_at("source", rows)
        names = sorted({self.group_of(value) for value in values})
        number = {name: index for index, name in enumerate(names)}
        table = np.array([number[self.group_of(value)] for value in values] + [-1], dtype=np.int32)
        return table[codes], names

    def voices(self, evidence: Evidence) -> Voices:
        """The voice of every row: its group of sources, with claims set apart; found once."""
        if self._voices is None or self._voices[0] is not evidence:
            group, names = self.groups_at(evidence, np.arange(evidence.table.num_rows))
            sound = np.array([self.soundness(name) for name in names])
            self._voices = (
                evidence,
                Voices(
                    np.where(evidence.is_claim, group + np.int32(len(names)), group),
                    [*names, *(f"{name} (claims)" for name in names)],
                    np.concatenate([sound, sound * self.ruleset.claim_weight]),
                ),
            )
        return self._voices[1]

    def p_true(self, evidence: Evidence, rows: Rows) -> Floats:
        """P(report true) of rows; all of the evidence's are computed once."""
        if self._true is None or self._true[0] is not evidence:
            self._true = (evidence, self._all_true(evidence))
        return self._true[1][rows]

    def doubted(self, evidence: Evidence, rows: Rows) -> Floats:
        """Per row the chance that an inquiry was wrong not to confirm it; 1 where none is doubted."""
        doubted = evidence.inquiries.doubted
        if not doubted:
            return np.ones(len(rows))
        share = np.ones(evidence.table.num_rows)
        for row, ratings in doubted.items():
            share[row] = min(1.0 - self.ruleset.truth(*rating) for rating in ratings)
        found: Floats = share[rows]
        return found

    def _all_true(self, evidence: Evidence) -> Floats:
        """P(report true) of every row: the row's own ratings, the accord's for its source where it has none,
        and less for a claim.

        The accord's rating comes after the row's: whoever rated the report saw it.
        """
        letters, letter_values = evidence.codes("reliability")
        sources, source_values = evidence.codes("source")
        order = "ABCDEF"
        own = np.array(
            [order.find(str(value).strip().upper()) for value in letter_values] + [-1], dtype=np.int8
        )[letters]
        rated = np.array(
            [order.index(self.reliability_of(value)) for value in source_values] + [5], dtype=np.int8
        )[sources]
        letter = np.where(own >= 0, own, rated)
        credibility: npt.NDArray[np.int8] = pc.fill_null(evidence.table["credibility"], 6).to_numpy()
        credibility = np.where((credibility >= 1) & (credibility <= 6), credibility, 6)
        table = np.array([[self.ruleset.truth(name, number) for number in range(1, 7)] for name in order])
        p = table[letter, credibility - 1]
        return np.where(evidence.is_claim, p * self.ruleset.claim_weight, p)
