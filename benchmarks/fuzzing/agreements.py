"""Accords and mapping files, and what others check the log with: proofs, heads, keys."""

from __future__ import annotations

import json
from collections.abc import Iterator

from fuzzing.target import CORPUS, SPLIT, YAML, Target, file_of, files_of, scratch
from truceline.core.errors import TrucelineError


def _accord(data: bytes) -> None:
    from truceline.accord.lint import lint
    from truceline.accord.load import Document, read_document
    from truceline.accord.plain_yaml import decode
    from truceline.accord.save import render

    document: Document = read_document(decode(data, "accord.yaml"), "accord.yaml")
    json.dumps([fault.as_dict() for fault in lint(document.accord, scratch(), document.positions)]).encode()
    render(document.accord).encode()


def _accord_seeds() -> list[bytes]:
    small = b"""format: 1
accord:
  {id: a, title: A, status: confirmed, version: 1, signed: 2018-09-17, time_zone: Etc/UTC, languages: [en]}
sources: [{id: s, title: S, publisher: P, date: 2018-09-17}]
parties: [{id: x, names: {en: X}, role: side}, {id: y, names: Y, role: group, member_of: [x]}]
lines: [{id: l, geometry: {type: LineString, coordinates: [[36.1, 35.2], [36.3, 35.4]]}, uncertainty_m: 500}]
zones:
  - {id: z, names: Z, kind: other, derivation: {line: l, side: left, depth_m: {min: 15000, max: 20000}}}
provisions:
  - {id: w, kind: weapons_withdrawal, parties: [x], zone: z, due: 2018-10-10, weapons: [tank]}
"""
    return [small, *files_of("examples/korea-2018/accord.yaml")]


def _mapping(data: bytes) -> None:
    from truceline.evidence.intake.mapping import load_mapping

    load_mapping(file_of("map.yaml", data))


def _proof(data: bytes) -> None:
    from truceline.standalone.verify import verify

    key = (CORPUS / "proof-key.txt").read_text()
    proof, _, head = data.partition(SPLIT)
    result = verify(proof.decode("utf-8"), key, head.decode("utf-8") if head else None)
    json.dumps(result)


def _head(data: bytes) -> None:
    from truceline.transparency.notes import parse, parse_verifier_key, signed_by

    note, _, key = data.partition(SPLIT)
    name, public = parse_verifier_key(key.decode("utf-8"))
    signed_by(note.decode("utf-8"), name, public)
    parse(note.decode("utf-8"))


def _key_file(data: bytes) -> None:
    from truceline.transparency.keys import read_key_file

    read_key_file(file_of("key.pem", data), "open sesame" if b"ENCRYPTED" in data else None)


def _key_seeds() -> list[bytes]:
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    # Nobody's key: made of zeros, for this only.
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    locks = (s.NoEncryption(), s.BestAvailableEncryption(b"open sesame"))
    return [key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, lock) for lock in locks]


def agreement_targets() -> Iterator[tuple[str, Target]]:
    """Name and target of each of these readers."""
    from truceline.standalone.verify import Rejected

    rejected = (TrucelineError, Rejected, UnicodeDecodeError)
    yield "accord", Target(_accord, _accord_seeds, YAML)
    yield "mapping", Target(_mapping, lambda: files_of("tests/data/evidence/field-office.map.yaml"), YAML)
    yield "proof", Target(_proof, lambda: [], (b'"leaf"', b'"path"', b"\\ud800"), rejected)
    yield "head", Target(_head, lambda: [], (b"+", "\n\n— ".encode(), b"=="), rejected)
    yield "key-file", Target(_key_file, _key_seeds, (b"-----BEGIN EC PRIVATE KEY-----", b"MC4CAQ"))
