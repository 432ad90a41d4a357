# ruff: noqa: E501 (tables of vectors and statements)
"""Heads in C2SP signed-note form: the example of the specification, keys in files, and what is refused."""

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from truceline.core.errors import Conflict, InvalidInput, NotFound
from truceline.transparency.keys import new_key_file, read_key_file
from truceline.transparency.notes import (
    Head,
    key_id,
    parse,
    parse_verifier_key,
    sign,
    signed_by,
    verifier_key,
)

# The example of Go's golang.org/x/mod/sumdb/note, which C2SP signed-note describes.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
HEAD = Head("truceline/log/ab", 7, bytes(range(32)), "2018-10-12T08:00:00Z")


def test_the_published_example_of_a_signed_note_verifies() -> None:
    name, public = parse_verifier_key(PETER)
    assert key_id(name, public).hex() == "c74f20a3"
    assert signed_by(PETER_NOTE, name, public)
    assert not signed_by(PETER_NOTE.replace("answer", "Answer"), name, public)


def test_a_signed_head_says_what_was_signed() -> None:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    note = sign(HEAD, private)
    assert parse(note) == HEAD
    assert signed_by(note, HEAD.origin, public)
    assert parse_verifier_key(verifier_key(HEAD.origin, public)) == (HEAD.origin, public)
    assert not signed_by(note, "truceline/log/other", public)
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    assert not signed_by(note, HEAD.origin, other)


@pytest.mark.parametrize("text", ["", "a\n1\n", "a\n07\nAAAA\nrecorded x\n\n", "a\n1\n!!\nrecorded x\n\n"])
def test_a_text_that_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="not a signed head"):
        parse(text)


@pytest.mark.parametrize("text", ["", "a+b", "name+00000000+AAAA", PETER.replace("c74f20a3", "c74f20a4")])
def test_a_verifier_key_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="verifier key"):
        parse_verifier_key(text)


def test_a_key_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "k"
    made = new_key_file(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_key_file(path).private_bytes_raw() == made.private_bytes_raw()
    with pytest.raises(Conflict, match="exists already"):
        new_key_file(path)


def test_a_key_behind_a_passphrase_opens_with_that_one_only(tmp_path: Path) -> None:
    path = tmp_path / "k"
    made = new_key_file(path, "correct horse")
    assert base64.b64encode(made.private_bytes_raw()) not in path.read_bytes()
    assert read_key_file(path, "correct horse").private_bytes_raw() == made.private_bytes_raw()
    with pytest.raises(InvalidInput, match="passphrase"):
        read_key_file(path)
    with pytest.raises(InvalidInput, match="no key can be read"):
        read_key_file(path, "wrong")
    with pytest.raises(NotFound):
        read_key_file(tmp_path / "none")
