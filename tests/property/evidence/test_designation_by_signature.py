"""Designation as a state machine: whatever parties and forgers do, against a model of three rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from truceline.evidence.statements import (
    Statement,
    proposal_id,
    proposals_of,
    sign_statement,
    write_statement,
)

LOG = "truceline/log/test"
PARTIES = ("north", "south", "west")
BY = ("north", "south")
KEYS = [Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in range(40)]
START = datetime(2018, 10, 1, tzinfo=UTC)


class Designations(RuleBasedStateMachine):
    """The model knows, per party, which key it holds, and per proposal, each party's last valid step."""

    def __init__(self) -> None:
        super().__init__()
        self.statements: list[Statement] = []
        self.fresh = list(range(len(KEYS)))
        self.key: dict[str, int | None] = dict.fromkeys(PARTIES)
        self.digests: list[str] = []
        self.stands: dict[str, dict[str, str]] = {}
        self.history: list[tuple[datetime, dict[str, dict[str, str]]]] = []

    def record(self, act: str, party: str, signer: int, log: str = LOG, **said: Any) -> Statement:
        content = write_statement(log, act, party, **said)
        private = KEYS[signer]
        made = Statement(
            len(self.statements) + 1,
            START + timedelta(hours=len(self.statements)),
            act,
            party,
            content,
            private.public_key().public_bytes_raw(),
            sign_statement(content, private),
        )
        self.statements.append(made)
        return made

    def note(self) -> None:
        if self.statements:
            snapshot = {digest: dict(stands) for digest, stands in self.stands.items()}
            self.history.append((self.statements[-1].recorded_at, snapshot))

    @rule(party=st.sampled_from(PARTIES))
    def new_key(self, party: str) -> None:
        if self.fresh:
            number = self.fresh.pop()
            self.record("key-new", party, number)
            if (
                self.key[party] is None
            ):  # else it has one, and a second by somebody else's word counts for nothing
                self.key[party] = number
            self.note()

    @rule(party=st.sampled_from(PARTIES))
    def rotate(self, party: str) -> None:
        held = self.key[party]
        if held is not None and self.fresh:
            number = self.fresh.pop()
            self.record("key-rotate", party, held, new_key=KEYS[number].public_key().public_bytes_raw().hex())
            self.key[party] = number
            self.note()

    @rule(party=st.sampled_from(PARTIES))
    def revoke_from_now(self, party: str) -> None:
        held = self.key[party]
        if held is not None:
            at = START + timedelta(hours=len(self.statements))
            self.record("key-revoke", party, held, **{"from": at.isoformat()})
            self.key[party] = None
            self.note()

    @rule(party=st.sampled_from(PARTIES), group=st.sampled_from(("g", "h")))
    def propose(self, party: str, group: str) -> None:
        held = self.key[party]
        if held is not None:
            number = len(self.digests)
            made = self.record("propose", party, held, designation="list", group=group, number=number)
            self.digests.append(made.digest)
            self.stands[made.digest] = {party: "propose"}
            self.note()

    @rule(
        party=st.sampled_from(PARTIES),
        act=st.sampled_from(("consent", "object", "withdraw")),
        which=st.integers(0, 20),
    )
    def step(self, party: str, act: str, which: int) -> None:
        held = self.key[party]
        if held is not None and self.digests:
            digest = self.digests[which % len(self.digests)]
            self.record(act, party, held, proposal=digest)
            self.stands[digest][party] = act
            self.note()

    @rule(
        party=st.sampled_from(PARTIES),
        signer=st.integers(0, len(KEYS) - 1),
        which=st.integers(0, 20),
        wrong=st.sampled_from(("key", "log", "signature", "content")),
    )
    def forge(self, party: str, signer: int, which: int, wrong: str) -> None:
        if not self.digests or (wrong == "key" and signer == self.key[party]):
            return
        digest = self.digests[which % len(self.digests)]
        held = self.key[party]
        own = signer if wrong == "key" or held is None else held
        log = "truceline/log/other" if wrong == "log" else LOG
        made = self.record("consent", party, own, log, proposal=digest)
        if wrong == "signature":
            made = replace(made, signature=bytes(64))
        if wrong == "content":
            made = replace(made, content=made.content.replace("consent", "object"))
        self.statements[-1] = made
        self.note()

    @invariant()
    def the_record_says_what_the_model_says(self) -> None:
        found = proposals_of(self.statements, LOG)
        assert set(found) == {proposal_id(digest) for digest in self.stands}
        for digest, stands in self.stands.items():
            proposal = found[proposal_id(digest)]
            assert dict(proposal.stands) == stands
            agreed = all(stands.get(party) in ("propose", "consent") for party in BY)
            assert proposal.in_force(BY) == agreed
            assert not proposal.in_force(())

    def teardown(self) -> None:
        # As of every instant the list is what it was then, whatever came later.
        for instant, stands in self.history:
            found = proposals_of(self.statements, LOG, as_of=instant)
            assert {p.digest: dict(p.stands) for p in found.values()} == stands


Designations.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestDesignations = Designations.TestCase


def test_what_was_signed_after_a_key_was_lost_is_void_once_that_is_known() -> None:
    machine = Designations()
    machine.new_key("north")
    machine.new_key("south")
    machine.propose("north", "g")
    machine.step("south", "consent", 0)
    before = proposals_of(machine.statements, LOG)
    lost = machine.statements[-1].recorded_at - timedelta(minutes=1)
    held = machine.key["south"]
    assert held is not None
    machine.record("key-revoke", "south", held, **{"from": lost.isoformat()})
    after = proposals_of(machine.statements, LOG)
    id = proposal_id(machine.digests[0])
    assert before[id].in_force(BY)
    assert after[id].missing(BY) == ("south",)
