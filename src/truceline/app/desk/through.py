"""What is taken out of an assessment's evidence, so that it rests on nothing hidden from its reader."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from truceline.accord.model import Accord
from truceline.app.assess import Through
from truceline.app.desk.desk import Desk
from truceline.evidence.corrections import Correction
from truceline.evidence.judgements import Judgements
from truceline.evidence.permissions import Kind, Reader, Shown

_WITHHELD = "withheld"


def through_for(desk: Desk, reader: Reader) -> Through:
    """What takes out of an assessment's evidence all that a reader may not know of."""
    return _Through(desk, reader).take


@dataclass(frozen=True, slots=True)
class _Through:
    """Takes out of what an assessment is made from all that its reader may not know of.

    Of a million rows none is made an object of Python: a verdict is made anew whenever something is recorded.
    """

    desk: Desk
    reader: Reader

    def take(
        self, accord: Accord, observations: pa.Table, judgements: Judgements
    ) -> tuple[Accord, pa.Table, Judgements]:
        reader = self.reader
        base = self.desk.shown(reader, for_verdicts=True)
        shown = self.desk.shown(reader)
        rows = observations
        # A record only grows: what is known of one of which nothing is hidden is the first of its rows.
        if not base.whole or rows.num_rows > len(base.ids):
            rows = rows.filter(pc.is_in(rows["id"], value_set=base.ids))
        recorded = rows["id"]
        if shown.renamed:
            rows = _renamed(rows, shown)
        if not reader.may(Kind.REPORTERS):
            accord, rows = self._with_labels(accord, rows)
        if not reader.exact:
            # Where there are coordinates they say it; a place's name is finer than its cell.
            placed = pc.is_valid(rows["lon"])
            rows = _with(rows, "place", pc.if_else(placed, pa.scalar(None, pa.string()), rows["place"]))
        return accord, rows, self._judgements(judgements, shown, recorded)

    def _judgements(self, judgements: Judgements, shown: Shown, recorded: pa.ChunkedArray) -> Judgements:
        named = _named_in(judgements)
        names: Mapping[str, str] = shown.names_of(named) if shown.renamed else {}
        among = pa.array(sorted(named), pa.string())
        seen = set(recorded.filter(pc.is_in(recorded, value_set=among)).to_pylist()) if named else set()

        def kept(one: Correction) -> Correction | None:
            if one.subject == "source" or (one.subject == "observation" and one.target not in seen):
                return None
            replacement = names.get(one.replacement, one.replacement) if one.replacement else None
            changed = replace(one, target=names.get(one.target, one.target), replacement=replacement)
            if self.reader.may(Kind.CORRECTIONS):
                return changed
            return replace(changed, author=self.label(one.author, "person-"), reason=_WITHHELD)

        corrections = tuple(found for one in judgements.corrections if (found := kept(one)) is not None)
        steps = tuple(replace(step, said=_renamed_ids(step.said, names, seen)) for step in judgements.steps)
        signed = {
            digest: {
                **said,
                **({"target": names.get(str(said["target"]), said["target"])} if "target" in said else {}),
                **(
                    {} if self.reader.may(Kind.CORRECTIONS) or "reason" not in said else {"reason": _WITHHELD}
                ),
            }
            for digest, said in judgements.signed.items()
        }
        return Judgements(corrections, steps, signed)

    def _with_labels(self, accord: Accord, rows: pa.Table) -> tuple[Accord, pa.Table]:
        label = self.label
        ratings = tuple(
            one.model_copy(
                update={
                    "id": label(one.id),
                    "names": tuple(label(name) for name in one.names),
                    "repeats": tuple(label(other) for other in one.repeats),
                }
            )
            for one in accord.verification.sources
        )
        verification = accord.verification.model_copy(update={"sources": ratings})
        codes = rows["source"].combine_chunks().dictionary_encode()
        if isinstance(codes, pa.ChunkedArray):
            codes = codes.combine_chunks()
        labels = pa.array([label(name) for name in codes.dictionary.to_pylist()], pa.string())
        sources = labels.take(codes.indices) if len(codes) else pa.array([], pa.string())
        return accord.model_copy(update={"verification": verification}), _with(rows, "source", sources)

    def label(self, name: str, what: str = "source-") -> str:
        """What a source or a person is called for those who may not know it."""
        digest = hashlib.blake2b(name.casefold().encode(), digest_size=4, key=self.desk.key)
        return what + digest.hexdigest()


def _named_in(judgements: Judgements) -> set[str]:
    """Every id of an observation that somebody judged or named, and of other things judged."""
    named = {id for one in judgements.corrections for id in (one.target, one.replacement) if id}
    named |= {str(id) for step in judgements.steps for id in step.said.get("observations", ())}
    return named | {str(said["target"]) for said in judgements.signed.values() if "target" in said}


def _renamed(rows: pa.Table, shown: Shown) -> pa.Table:
    """The rows under the ids that the reader is shown, in what they supersede too."""
    ids = shown.observations["id"]
    if rows.num_rows != len(shown.ids):  # else they are the same rows, in the same order
        ids = ids.take(pc.index_in(rows["id"], value_set=shown.ids))
    pointing = rows["supersedes"]
    if pointing.null_count < len(pointing):
        names = shown.names_of(pointing.drop_null().to_pylist())
        pointing = pa.array([names.get(id) for id in pointing.to_pylist()], pa.string())
    return _with(_with(rows, "id", ids), "supersedes", pointing)


def _renamed_ids(said: Mapping[str, Any], names: Mapping[str, str], seen: set[str]) -> dict[str, Any]:
    told = dict(said)
    if "observations" in told:
        told["observations"] = [names.get(str(id), str(id)) for id in told["observations"] if str(id) in seen]
    return told


def _with(rows: pa.Table, name: str, values: pa.Array | pa.ChunkedArray) -> pa.Table:
    index = rows.schema.get_field_index(name)
    return rows.set_column(index, rows.schema.field(index), values)
