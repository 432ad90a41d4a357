"""Adding to the record, inside one transaction, whatever the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, insert, select

from truceline.core.acting import now_acting
from truceline.core.errors import InvalidInput
from truceline.evidence.ports import AccordVersion, ActorMapping
from truceline.evidence.statements import Statement, signature_holds
from truceline.store import schema
from truceline.store.judgements import JudgementWriter, need
from truceline.store.log import origin_of
from truceline.store.observation_writer import ObservationWriter
from truceline.store.offices import IMPORT, in_their_order, offices_in
from truceline.store.schema import instant_of, micros_of
from truceline.transparency.log_keys import REVOKE, ROTATE, voucher


class RecordWriter(JudgementWriter, ObservationWriter):
    """Implements `truceline.evidence.ports.StoreWriter` on the connection of one transaction."""

    _also_signed_by: tuple[Ed25519PrivateKey, ...] = ()

    def map_actor(self, name: str, party: str | None, *, note: str | None = None) -> ActorMapping:
        """See `truceline.evidence.ports.StoreWriter.map_actor`."""
        if not name.strip():
            raise InvalidInput("an actor's name is empty; accepted: the name as the data gives it")
        digest = sha256("\x1f".join((name, party or "\x00", note or "\x00")).encode()).digest()
        seq, recorded_at = self.enter("actor-mapping", digest)
        self._connection.execute(
            insert(schema.actor_mapping).values(entry=seq, name=name, party=party, note=note)
        )
        return ActorMapping(seq, recorded_at, name, party, note)

    def record_accord(self, content: str) -> AccordVersion:
        """See `truceline.evidence.ports.StoreWriter.record_accord`."""
        digest = sha256(content.encode())
        table = schema.accord_version
        last = self._connection.execute(
            select(table, schema.entry.c.recorded_at)
            .join(schema.entry, schema.entry.c.seq == table.c.entry)
            .where(schema.entry.c.kind != IMPORT)
            .order_by(table.c.entry.desc())
            .limit(1)
        ).first()
        if last is not None and last.sha256 == digest.hexdigest():
            return AccordVersion(last.entry, instant_of(last.recorded_at), last.sha256, last.content)
        seq, recorded_at = self.enter("accord-version", digest.digest())
        self._connection.execute(insert(table).values(entry=seq, sha256=digest.hexdigest(), content=content))
        return AccordVersion(seq, recorded_at, digest.hexdigest(), content)

    @property
    def origin(self) -> str:
        """The name of the record's log, which statements are made for."""
        return origin_of(self._connection)

    def statements(self) -> list[Statement]:
        """What was signed so far, in this transaction too, in the order recorded."""
        return statements_in(self._connection)

    def record_statement(
        self, act: str, party: str, content: str, public_key: bytes, signature: bytes
    ) -> Statement:
        """Records what a party signed. Raises InvalidInput where the signature is not that of the key."""
        made = Statement(0, self._clock(), act, party, content, public_key, signature)
        if not signature_holds(made):
            raise InvalidInput(f"the signature of {party} is not that of its key over what it says")
        seq, recorded_at = self.enter("statement", sha256(content.encode() + public_key + signature).digest())
        self._connection.execute(
            insert(schema.statement).values(
                entry=seq,
                act=act,
                party=party,
                content=content,
                public_key=public_key,
                signature=signature,
            )
        )
        return Statement(seq, recorded_at, act, party, content, public_key, signature)

    def record_log_key(self, public_key: bytes) -> None:
        """Records a key that signs heads of the log, unless it is recorded."""
        table = schema.log_key
        if self._connection.execute(select(table.c.entry).where(table.c.public_key == public_key)).first():
            return
        seq, _ = self.enter("log-key", public_key)
        self._connection.execute(insert(table).values(entry=seq, public_key=public_key))

    def rotate_log_key(
        self, old: Ed25519PrivateKey, new: Ed25519PrivateKey, *, author: str, reason: str
    ) -> None:
        """Records a new key, for which the old one vouches. The head of this transaction bears both."""
        public = new.public_key().public_bytes_raw()
        size = self._log.size
        self.record_log_key(old.public_key().public_bytes_raw())
        self.record_log_key(public)
        self._key_act(ROTATE, public, size, author, reason, voucher(self.origin, old, public, size))
        self._also_signed_by = (old,)

    def revoke_log_key(self, public_key: bytes, *, author: str, reason: str) -> None:
        """Records that a key is the log's no more: heads of more leaves than there are now do not count."""
        self._key_act(REVOKE, public_key, self._log.size, author, reason, None)

    def _key_act(
        self, act: str, public_key: bytes, size: int, author: str, reason: str, note: str | None
    ) -> None:
        said = {"author": need("author", author), "reason": need("reason", reason), "note": note}
        digest = sha256("\x1f".join((act, public_key.hex(), str(size), *map(str, said.values()))).encode())
        entry, _ = self.enter("key-act", digest.digest())
        self._connection.execute(
            insert(schema.key_act).values(entry=entry, act=act, public_key=public_key, size=size, **said)
        )

    def record_access(self, place: int, content: str) -> None:
        """Records how the roles, policies and views of a server were made: see `postgres.guards`."""
        entry, _ = self.enter("access-setup", sha256(content.encode()).digest())
        self._connection.execute(
            insert(schema.access_setup).values(entry=entry, place=place, content=content)
        )

    def seal(self, signer: Callable[[], Ed25519PrivateKey | None], *, always: bool = False) -> None:
        """Ends the transaction: leaves of the log for all that is new, and a head over them, signed.

        Nothing where nothing was recorded, unless `always`.
        """
        first, last = self._entries_at_start + 1, self.next_entry() - 1
        if not always and last < first:
            return
        acting = now_acting()
        if acting is not None and last >= first:
            self.record_action(acting, first, last)
        private = signer()
        if private is not None:
            self.record_log_key(private.public_key().public_bytes_raw())
        self._log.catch_up()
        self._log.write_head(private, *self._also_signed_by)


def statements_in(connection: Connection, known_at: datetime | None = None) -> list[Statement]:
    """What was signed and recorded by `known_at`, in the order in which offices recorded it.

    What came from an office that the operator trusts no more does not count.
    """
    table = schema.statement
    wanted = select(table, schema.entry.c.recorded_at).join(schema.entry, schema.entry.c.seq == table.c.entry)
    if known_at is not None:
        wanted = wanted.where(schema.entry.c.recorded_at <= micros_of(known_at))
    ours = origin_of(connection)
    withdrawn = {one.origin for one in offices_in(connection, known_at).values() if not one.trusted}
    rows_ = connection.execute(wanted.order_by(table.c.entry)).all()
    return [
        Statement(
            row.entry,
            instant_of(first.instant),
            row.act,
            row.party,
            row.content,
            bytes(row.public_key),
            bytes(row.signature),
            None if first.log == ours else first.log,
        )
        for row, first in in_their_order(connection, table, rows_, known_at)
        if first.log not in withdrawn
    ]
