"""Sealed content: what opens it, what does not, and what a file of another shape is called."""

from __future__ import annotations

import json
import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given
from hypothesis import strategies as st

from truceline.core import sealed
from truceline.core.errors import InvalidInput
from truceline.core.sealed import Key, is_sealed, unlocked

WORDS = "correct horse battery staple"


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "N", 16)


def test_only_the_right_passphrase_opens_and_a_wrong_one_is_one_sentence() -> None:
    key = Key.new()
    file = key.locked(WORDS)
    content = key.sealed(b"36.512345 35.512345", "plan-1")
    assert unlocked(file, WORDS, "key").opened(content, "plan-1") == b"36.512345 35.512345"
    with pytest.raises(InvalidInput) as raised:
        unlocked(file, WORDS + " ", "key")
    assert str(raised.value) == "key: the passphrase does not open it, or it was changed"
    header = json.loads(file.split(b"\n", 1)[0])
    assert (header["kdf"], header["n"], header["r"], header["p"]) == ("scrypt", 1 << 17, 8, 1)


@pytest.mark.usefixtures("cheap")
def test_an_independent_reader_opens_it_by_the_description_alone() -> None:
    import base64
    import hashlib

    key = Key.new()
    file, content = key.locked(WORDS), key.sealed(b"content", "x")
    end = file.index(b"\n") + 1
    head = json.loads(file[:end])
    salt, nonce = (base64.b64decode(head[field]) for field in ("salt", "nonce"))
    derived = hashlib.scrypt(WORDS.encode(), salt=salt, n=head["n"], r=head["r"], p=head["p"], dklen=32)
    secret = ChaCha20Poly1305(derived).decrypt(nonce, file[end:], file[:end])
    end = content.index(b"\n") + 1
    nonce = base64.b64decode(json.loads(content[:end])["nonce"])
    assert ChaCha20Poly1305(secret).decrypt(nonce, content[end:], content[:end]) == b"content"


@given(st.binary(max_size=200), st.data())
def test_no_byte_can_be_changed_or_cut_off_unseen(content: bytes, data: st.DataObject) -> None:
    key = Key.new()
    file = key.sealed(content, "name")
    assert key.opened(file, "name") == content
    at = data.draw(st.integers(0, len(file) - 1))
    other = data.draw(st.integers(1, 255))
    changed = file[:at] + bytes([file[at] ^ other]) + file[at + 1 :]
    for broken in (changed, file[:at], file + b"x"):
        with pytest.raises(InvalidInput):
            key.opened(broken, "name")


def test_a_file_opens_only_under_its_own_name_and_with_its_own_key() -> None:
    key, other = Key.new(), Key.new()
    file = key.sealed(b"monday", "plan-1")
    with pytest.raises(InvalidInput, match="another name"):
        key.opened(file, "plan-2")
    with pytest.raises(InvalidInput, match="another key"):
        other.opened(file, "plan-1")
    assert key.sealed(b"monday", "plan-1") != file, "the same content twice looks different"


@given(st.binary(max_size=300))
def test_anything_else_is_no_sealed_file(content: bytes) -> None:
    for text in (content, b'{"sealed":1,' + content, b'{"sealed":1}\n' + content):
        with pytest.raises(InvalidInput):
            Key.new().opened(text, "x")
        with pytest.raises(InvalidInput):
            unlocked(text, WORDS, "x")


@pytest.mark.parametrize(("n", "r", "p"), [(1 << 30, 8, 1), (1 << 17, 1 << 20, 1), (3, 8, 1), ("2", 8, 1)])
def test_a_key_file_that_asks_for_all_memory_is_refused(n: object, r: int, p: int) -> None:
    header = {"sealed": 1, "key": "k", "kdf": "scrypt", "n": n, "r": r, "p": p}
    with pytest.raises(InvalidInput, match="no key file"):
        unlocked(json.dumps(header).encode() + b"\n" + os.urandom(48), WORDS, "x")


def test_a_short_passphrase_is_refused_and_a_key_never_shows_itself() -> None:
    key = Key.new()
    with pytest.raises(InvalidInput, match="too short"):
        key.locked("hunter2")
    assert key._secret.hex() not in repr(key)
    assert is_sealed(key.sealed(b"", "x"))
    assert not is_sealed(b'{"from": "2018-10-15"}')
