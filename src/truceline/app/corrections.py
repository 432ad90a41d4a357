"""Corrections of a record: what is recorded stays, and each correction is an entry beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from rapidfuzz import fuzz, process

from truceline.app.consent import need_own, need_party, record_signed
from truceline.app.consent_elsewhere import SignedElsewhere, recorded_as_prepared
from truceline.core.errors import Conflict, InvalidInput, NotFound
from truceline.core.input_files import read_whole
from truceline.core.instants import zone_of
from truceline.core.limits import TABLE_BYTES
from truceline.evidence.corrections import Correction, last_acts
from truceline.evidence.disputes import Dispute, disputes_of, holder_of
from truceline.evidence.history import current
from truceline.evidence.intake.batch import Batch
from truceline.evidence.intake.corrected import corrected, table_of_rows
from truceline.evidence.ports import Origin, StoreWriter
from truceline.evidence.statements import that_hold, write_statement
from truceline.store.workspace import Workspace, digest_of
from truceline.transparency.keys import read_key_file

MOST_FILE_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Said:
    """Who corrects and why. `party` says it of a position; `key_file`, or what was `signed` elsewhere, signs
    it, else it is as reported."""

    author: str
    reason: str
    party: str | None = None
    document: str | None = None
    key_file: Path | None = None
    passphrase: str | None = None
    signed: SignedElsewhere | None = None


@dataclass(frozen=True, slots=True)
class _Record:
    """The record as it is when corrections are made."""

    observations: pa.Table
    corrections: list[Correction]
    standing: frozenset[str]
    findings: frozenset[str]

    @classmethod
    def of(cls, workspace: Workspace, ids: Sequence[str]) -> _Record:
        """What is held of these ids. To be read under the write lock, so that nothing comes between."""
        with workspace.store(read_only=True) as store:
            observations, corrections, steps = store.observations(), store.corrections(), store.case_steps()
        stand = current(observations, None, corrections)["id"]
        named = pa.array(list(ids), pa.string())
        standing = stand.filter(pc.is_in(stand, value_set=named)).to_pylist()
        findings = {str(step.said.get("finding_id")) for step in steps if step.act == "finding"}
        return cls(observations, corrections, frozenset(standing), frozenset(findings))

    def row(self, id: str) -> dict[str, Any] | None:
        found = pc.index(self.observations["id"], id).as_py()
        return None if found < 0 else self.observations.slice(found, 1).to_pylist()[0]

    def replaced_by(self, id: str) -> list[str]:
        mask = pc.equal(self.observations["supersedes"], id)
        replacing: list[str] = self.observations["id"].filter(mask).to_pylist()
        return replacing

    def near(self, id: str, also: list[str]) -> list[str]:
        """Ids that an unknown one may have meant."""
        ids = [*also, *self.findings, *self.observations["id"].slice(0, 20_000).to_pylist()]
        return [str(found[0]) for found in process.extract(id, ids, scorer=fuzz.WRatio, limit=3)]


def correct(workspace: Workspace, act: str, ids: Sequence[str], said: Said) -> list[Correction]:
    """Retracts or reinstates observations, or records a position on observations, findings or obligations.

    All are recorded or none. Raises NotFound, Conflict where the act changes nothing, InvalidInput.
    """
    private = key_of(workspace, said)
    with workspace.store() as store, store.write() as writer:
        record = _Record.of(workspace, ids)
        subjects = {id: subject_of(workspace, record, id) for id in dict.fromkeys(ids)}
        disputes = disputes_of(record.corrections, that_hold(writer.statements(), writer.origin))
        for id, subject in subjects.items():
            if said.signed is not None:
                _need_signable(act, subject)
            if act in ("retract", "reinstate"):
                _need_change(record, act, id, subject)
            else:
                _need_new_position(disputes.get(id), act, id, said)
        document = kept_document(workspace, said.document)
        if private is not None and said.party is not None:
            need_own(writer, said.party, private)
        return [_write(writer, act, subject, id, said, document, private) for id, subject in subjects.items()]


def prepare_position(workspace: Workspace, act: str, id: str, said: Said) -> str:
    """The words by which a party takes a position on an obligation or a finding, for its key elsewhere.

    Of an observation nothing is prepared: the words would name it by its recorded id, from which a reader who
    does not see its place could try places out. Raises NotFound, InvalidInput, Conflict.
    """
    with workspace.store(read_only=True) as store:
        record = _Record.of(workspace, [id])
        with store.log() as log:
            origin = log.origin
        disputes = disputes_of(record.corrections, that_hold(store.statements(), origin))
    subject = subject_of(workspace, record, id)
    _need_signable(act, subject)
    key_of(workspace, said)
    _need_new_position(disputes.get(id), act, id, replace(said, signed=SignedElsewhere("", b"", b"")))
    return write_statement(origin, act, str(said.party), **_words(subject, id, said, said.document))


def supersede(workspace: Workspace, changes: Mapping[str, Mapping[str, str]], said: Said) -> list[Correction]:
    """Records corrected values of observations: by id, field and text as in a file of our own names.

    Raises NotFound, Conflict where the observation does not count or the values change nothing,
    InvalidEvidence where a value cannot be read.
    """
    accord = workspace.accord()
    zone = zone_of(accord.accord.time_zone)
    with workspace.store() as store, store.write() as writer:
        record = _Record.of(workspace, list(changes))
        made: dict[str, dict[str, Any]] = {}
        for id, fields in changes.items():
            row = record.row(id)
            if row is None or subject_of(workspace, record, id) != "observation":
                raise _unknown(workspace, record, id)
            if id not in record.standing:
                raise _not_standing(record, id)
            if not fields:
                raise InvalidInput(f"{id}: no corrected value is given", hint="--set fatalities=3")
            made[id] = corrected(row, fields, zone=zone, region=accord.accord.region)
        document = kept_document(workspace, said.document)
        written = []
        for id, row in made.items():
            result, replacement = writer.append_revision(id, Batch(table_of_rows([row]), [], 1))
            if not result.added:
                raise Conflict(
                    f"{id}: a version with these values is held as {replacement}",
                    hint=f"truceline correct reinstate WORKSPACE {replacement}",
                )
            written.append(
                writer.record_correction(
                    "supersede", "observation", id, author=said.author, reason=said.reason,
                    replacement=replacement, document=document,
                )
            )  # fmt: skip
        return written


def read_changes(file: Path) -> dict[str, dict[str, str]]:
    """Corrected values from a CSV file with a column `id` and columns of our own names; an empty cell changes
    nothing. Raises NotFound, InvalidInput."""
    data = read_whole(file, TABLE_BYTES, accepted="a CSV file in UTF-8")
    changes: dict[str, dict[str, str]] = {}
    try:
        rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        if "id" not in (rows.fieldnames or ()):
            raise InvalidInput(f"{file}, line 1: no column id; accepted: id and columns such as fatalities")
        for number, row in enumerate(rows, start=1):
            id = (row.get("id") or "").strip()
            if not id or None in row or id in changes or number > MOST_FILE_ROWS:
                raise InvalidInput(
                    f"{file}, row {number}: found id {id!r}; accepted: each id once, as many cells as "
                    f"columns, at most {MOST_FILE_ROWS:,} rows"
                )
            changes[id] = {n: t for n, t in row.items() if n != "id" and t and t.strip()}
    except (UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(f"{file} cannot be read as CSV in UTF-8") from error
    return changes


def subject_of(workspace: Workspace, record: _Record, id: str) -> str:
    """Whether an id is that of an observation, a finding or an obligation. Raises NotFound."""
    if record.row(id) is not None:
        return "observation"
    if id in record.findings:
        return "finding"
    provision, _, party = id.partition("/")
    accord = workspace.accord()
    if accord.provision(provision) is not None and (not party or accord.party(party) is not None):
        return "obligation"
    raise _unknown(workspace, record, id)


def _need_signable(act: str, subject: str) -> None:
    if subject == "observation":
        raise InvalidInput(
            "of an observation nothing can be signed elsewhere; accepted: an obligation or a finding",
            hint=f"truceline correct {act} --key-file FILE signs it on the command line",
        )


def _need_change(record: _Record, act: str, id: str, subject: str) -> None:
    if subject != "observation":
        raise InvalidInput(
            f"{id} is no observation; accepted: the id of one", hint="truceline correct dispute"
        )
    stands = id in record.standing
    if act == "retract" and not stands:
        raise _not_standing(record, id)
    if act == "reinstate":
        if stands:
            raise Conflict(f"{id} counts: there is nothing to reinstate")
        row = record.row(id)
        if row is not None and row["retracted"]:
            raise Conflict(
                f"{id} is its source's own retraction", hint="reinstate the observation that it names"
            )


def _need_new_position(dispute: Dispute | None, act: str, id: str, said: Said) -> None:
    """An act that repeats a position, or withdraws none, says nothing; one that would change what is signed
    must be signed."""
    who = holder_of(said.party, said.author)
    held_by = [one for one in dispute.positions if one.holder == who and one.counts] if dispute else []
    if held_by and held_by[-1].signed and said.key_file is None and said.signed is None:
        raise Conflict(f"{who} signed its position on {id}: only its key changes it", hint="--key-file FILE")
    now = dispute.stands.get(who) if dispute else None
    if now == act or (act == "undispute" and now is None):
        held = {"dispute": "objects", "support": "supports it"}.get(now or "", "takes no position")
        raise Conflict(f"{who} {held} on {id} already" if now else f"{who} {held} on {id}")


def _not_standing(record: _Record, id: str) -> Conflict:
    last = last_acts(record.corrections).get(id)
    if last is not None and last.act == "retract":
        return Conflict(f"{id} is retracted by {last.id}", hint=f"truceline correct reinstate WORKSPACE {id}")
    by = record.replaced_by(id)
    said = f"it is replaced by {', '.join(by)}" if by else "its source, or a correction, took it back"
    return Conflict(f"{id} does not count: {said}", hint=f"truceline explain WORKSPACE {id}")


def _unknown(workspace: Workspace, record: _Record, id: str) -> NotFound:
    near = record.near(id, [provision.id for provision in workspace.accord().provisions])
    return NotFound(
        f"there is no observation, finding or obligation {id}",
        hint=f"did you mean {', '.join(near)}?" if near else None,
        details={"near": near},
    )


def key_of(workspace: Workspace, said: Said) -> Ed25519PrivateKey | None:
    """The key that signs, where one is given. Raises InvalidInput for a party that the accord lacks."""
    if said.party is not None:
        need_party(workspace, said.party)
    if said.key_file is None:
        return None
    if said.party is None:
        raise InvalidInput("a key signs for a party; accepted: --party with --key-file")
    return read_key_file(said.key_file, said.passphrase)


def _write(
    writer: StoreWriter,
    act: str,
    subject: str,
    id: str,
    said: Said,
    document: str | None,
    private: Ed25519PrivateKey | None,
) -> Correction:
    statement = None
    words = _words(subject, id, said, document)
    if private is not None and said.party is not None:
        statement = record_signed(writer, private, act, said.party, **words).digest
    elif said.signed is not None and said.party is not None:
        statement = recorded_as_prepared(writer, said.signed, act, said.party, words).digest
    return writer.record_correction(
        act, subject, id, author=said.author, reason=said.reason, party=said.party, document=document,
        statement=statement,
    )  # fmt: skip


def _words(subject: str, id: str, said: Said, document: str | None) -> dict[str, Any]:
    return {"subject": subject, "target": id, "reason": said.reason.strip(), "document": document}


def kept_document(workspace: Workspace, document: str | None) -> str | None:
    """A file is kept with the originals and named with its SHA-256; other words are kept as they are."""
    if document is None or not document.strip():
        return None
    path = Path(document)
    try:
        is_file = path.is_file()
    except (OSError, ValueError):
        is_file = False
    if not is_file:
        return document.strip()
    digest = digest_of(path)
    workspace.keep_original(path, Origin(path.name, digest, path.stat().st_size))
    return f"{path.name} sha256:{digest}"
