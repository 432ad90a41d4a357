# ruff: noqa: E501, ARG005 (a table of tamperings)
"""The stand-alone verifier: accepts what holds, and rejects every way of tampering that we could think of."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from truceline.app import log as use
from truceline.standalone import verify as standalone
from truceline.standalone.verify import Rejected, ed25519_verifies, verify
from truceline.store.workspace import Workspace
from truceline.transparency import notes
from truceline.transparency.content import leaf_data
from truceline.transparency.tree import leaf_hash

Proof = dict[str, Any]


class Case:
    """Proofs of one real record, made once."""

    def __init__(self, folder: Path, accord: Path, events: Path) -> None:
        from truceline.app.ingest import ingest

        workspace = Workspace.create(folder / "w", accord)
        self.old = use.head(workspace)["note"]
        (folder / "old").write_text(self.old, encoding="utf-8")
        ingest(workspace, [events])
        head = use.head(workspace)
        self.head, self.key = head["note"], head["keys"][0]
        with workspace.store() as store:
            self.ids = store.observations()["id"].to_pylist()
        self.proof = use.prove(workspace, self.ids[3], from_head=folder / "old")
        self.other = use.prove(workspace, self.ids[4], from_head=folder / "old")
        self.withheld = use.prove(workspace, self.ids[3], withhold=True)
        self.only_continues = use.prove(workspace, None, from_head=folder / "old")
        second = Workspace.create(folder / "w2", accord)
        self.foreign = use.head(second)["note"]
        self.foreign_key = use.head(second)["keys"][0]
        self.private = Ed25519PrivateKey.generate()
        self.workspace = workspace


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    example = Path(__file__).parents[3] / "examples" / "idlib-2018"
    return Case(tmp_path_factory.mktemp("case"), example / "accord.yaml", example / "reported-events.csv")


def test_what_holds_is_accepted(case: Case) -> None:
    proved = verify(json.dumps(case.proof), case.key, case.old)
    assert proved["content"]["id"] == case.ids[3]
    assert proved["recorded_at_us"] > 0
    assert proved["continues"]["size"] == notes.parse(case.old).size
    assert verify(json.dumps(case.proof), case.key, case.head)["ok"]
    assert verify(json.dumps(case.only_continues), case.key, case.old)["ok"]


def test_a_withheld_content_is_proved_to_be_there_and_not_shown(case: Case) -> None:
    text = json.dumps(case.withheld)
    assert verify(text, case.key)["content"] is None
    assert "salt" not in text
    assert "shelling" not in text


def leaf(change: Callable[[Proof], None]) -> Callable[[Proof, Case], None]:
    return lambda proof, case: change(proof["leaf"])


def note(change: Callable[[str, Case], str]) -> Callable[[Proof, Case], None]:
    return lambda proof, case: proof.update(head=change(proof["head"], case))


def flipped(text: str, at: int) -> str:
    return text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :]


def recommitted(proof: Proof, case: Case) -> None:
    part = proof["leaf"]
    part["content"] = part["content"].replace('"claim":0', '"claim":1')
    part["hash"] = leaf_hash(leaf_data(bytes.fromhex(part["salt"]), part["content"].encode())).hex()


def signed_anew(proof: Proof, case: Case) -> None:
    proof["head"] = notes.sign(notes.parse(proof["head"]), case.private)


def low_order_signature(text: str, case: Case) -> str:
    name, public = notes.parse_verifier_key(case.key)
    forged = base64.b64encode(notes.key_id(name, public) + bytes([1]) + bytes(63)).decode()
    return f"{text.partition(chr(10) * 2)[0]}\n\n— {name} {forged}\n"


def high_s(text: str, case: Case) -> str:
    body, _, line = text.partition("\n\n")
    start, encoded = line.rstrip("\n").rsplit(" ", 1)
    data = base64.b64decode(encoded)
    s = int.from_bytes(data[36:], "little") + standalone.ORDER
    return f"{body}\n\n{start} {base64.b64encode(data[:36] + s.to_bytes(32, 'little')).decode()}\n"


TAMPERINGS: dict[str, Callable[[Proof, Case], Any]] = {
    "content changed": leaf(lambda part: part.update(content=part["content"].replace('"claim":0', '"claim":1'))),
    "content changed and committed to anew": recommitted,
    "content with a space": leaf(lambda part: part.update(content=part["content"].replace(",", ", ", 1))),
    "content without salt": leaf(lambda part: part.pop("salt")),
    "salt without content": leaf(lambda part: part.pop("content")),
    "salt changed": leaf(lambda part: part.update(salt=flipped(part["salt"], 5))),
    "salt moved into the content": leaf(lambda part: part.update(salt="", content=part["salt"] + part["content"])),
    "hash changed": leaf(lambda part: part.update(hash=flipped(part["hash"], 9))),
    "hash in upper case": leaf(lambda part: part.update(hash=part["hash"].upper())),
    "index changed": leaf(lambda part: part.update(index=part["index"] + 1)),
    "index below the tree": leaf(lambda part: part.update(index=-1)),
    "index beyond the tree": leaf(lambda part: part.update(index=10**6)),
    "index that is no number": leaf(lambda part: part.update(index=True)),
    "path changed": leaf(lambda part: part["path"].__setitem__(0, flipped(part["path"][0], 1))),
    "path cut": leaf(lambda part: part["path"].pop()),
    "path longer": leaf(lambda part: part["path"].append("00" * 32)),
    "path in another order": leaf(lambda part: part["path"].reverse()),
    "path that is no list": leaf(lambda part: part.update(path="00")),
    "no leaf": lambda proof, case: proof.pop("leaf"),
    "another thing's leaf": lambda proof, case: proof.update(leaf=case.other["leaf"]),
    "an inner node as leaf": leaf(
        lambda part: part.update(hash=part["path"][0], path=part["path"][1:], index=part["index"] >> 1)
    ),
    "id changed": lambda proof, case: proof.update(id=case.ids[4]),
    "entry of another leaf": lambda proof, case: proof.update(entry=case.proof["leaf"]),
    "entry changed": lambda proof, case: proof["entry"].update(
        content=proof["entry"]["content"].replace('"recorded_at":1', '"recorded_at":2')
    ),
    "entry withheld": lambda proof, case: [proof["entry"].pop(field) for field in ("salt", "content")],
    "size changed": note(lambda text, case: text.replace("\n39\n", "\n40\n")),
    "size with a zero before it": note(lambda text, case: text.replace("\n39\n", "\n039\n")),
    "root changed": note(lambda text, case: text[:55] + ("A" if text[55] != "A" else "B") + text[56:]),
    "instant changed": note(lambda text, case: text.replace("recorded 2", "recorded 3")),
    "a line more": note(lambda text, case: text.replace("\n\n", "\nmore\n\n")),
    "signature changed": note(lambda text, case: text[:-20] + ("A" if text[-20] != "A" else "B") + text[-19:]),
    "signature cut": note(lambda text, case: text[:-10] + "\n"),
    "signature removed": note(lambda text, case: text.partition("\n\n")[0] + "\n\n"),
    "signature of the old head": note(
        lambda text, case: text.partition("\n\n")[0] + "\n\n" + case.old.partition("\n\n")[2]
    ),
    "signature by a key of small order": note(low_order_signature),
    "signature with another s": note(high_s),
    "signed by another key": signed_anew,
    "head of another log": lambda proof, case: proof.update(head=case.foreign),
    "the old head as head": lambda proof, case: proof.update(head=case.old),
    "head that is no text": lambda proof, case: proof.update(head=None),
    "continuation removed": lambda proof, case: proof.pop("consistency"),
    "continuation changed": lambda proof, case: proof["consistency"]["path"].__setitem__(
        0, flipped(proof["consistency"]["path"][0], 3)
    ),
    "continuation cut": lambda proof, case: proof["consistency"]["path"].pop(),
    "continuation longer": lambda proof, case: proof["consistency"]["path"].append("00" * 32),
    "continuation of another log": lambda proof, case: proof["consistency"].update({"from": case.foreign}),
    "continuation of itself": lambda proof, case: proof["consistency"].update({"from": proof["head"], "path": []}),
    "continuation with a size signed by another": lambda proof, case: proof["consistency"].update(
        {"from": notes.sign(notes.parse(case.old), case.private)}
    ),
    "another form": lambda proof, case: proof.update(format="truceline-proof/2"),
    "a field that nobody checks": lambda proof, case: proof.update(also="confirmed by both sides"),
}  # fmt: skip


@pytest.mark.parametrize("change", TAMPERINGS.values(), ids=TAMPERINGS)
def test_tampering_is_rejected(case: Case, change: Callable[[Proof, Case], Any]) -> None:
    proof = json.loads(json.dumps(case.proof))
    change(proof, case)
    assert proof != case.proof
    with pytest.raises(Rejected):
        verify(json.dumps(proof), case.key, case.old)


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{}", '{"format":"truceline-proof/1","format":"truceline-proof/1"}']
)
def test_what_is_no_proof_is_rejected(case: Case, text: str) -> None:
    with pytest.raises(Rejected):
        verify(text, case.key)


def test_another_logs_key_and_a_broken_key_are_rejected(case: Case) -> None:
    for key in (case.foreign_key, case.key[:-4], case.key.replace("+", "-", 1), ""):
        with pytest.raises(Rejected):
            verify(json.dumps(case.proof), key)


def test_the_file_runs_alone_and_says_why_not(case: Case, tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_text(use.verifier(), encoding="utf-8")
    (tmp_path / "p").write_text(json.dumps(case.proof), encoding="utf-8")
    (tmp_path / "head").write_bytes(case.old.encode())

    def run(*arguments: str) -> tuple[int, Proof]:
        # -I: no path of ours, no site-packages of the user; -S: no site-packages at all.
        done = subprocess.run(
            [sys.executable, "-I", "-S", "verify.py", *arguments],
            cwd=tmp_path, capture_output=True, check=False, env={"PATH": os.environ["PATH"]},
        )  # fmt: skip
        return done.returncode, json.loads(done.stdout)

    assert run("p", "--key", case.key, "--kept-head", "head")[1]["ok"]
    (tmp_path / "p").write_text(json.dumps(case.proof | {"head": case.foreign}), encoding="utf-8")
    code, said = run("p", "--key", case.key)
    assert (code, said) == (1, {"ok": False, "why": "the head is of another log than the key"})


# RFC 8032 section 7.1, tests 1 to 3.
RFC_8032 = [
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
]  # fmt: skip


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_signatures_are_those_of_the_rfc(public: str, message: str, signature: str) -> None:
    key, text, signed = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    assert ed25519_verifies(key, text, signed)
    assert not ed25519_verifies(key, text + b"x", signed)
    assert not ed25519_verifies(key, text, signed[:-1] + bytes([signed[-1] ^ 1]))


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=40), st.integers(0, 511))
def test_signatures_agree_with_the_cryptography_package(seed: bytes, message: bytes, bit: int) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes_raw()
    signed = bytearray(private.sign(message))
    assert ed25519_verifies(public, message, bytes(signed))
    signed[bit // 8] ^= 1 << bit % 8
    assert not ed25519_verifies(public, message, bytes(signed))
