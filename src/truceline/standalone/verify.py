#!/usr/bin/env python3
"""Checks a proof from a Truceline record. One file, Python 3.9 or newer, the standard library only.

    python3 verify.py PROOF.json --key 'truceline/log/5f2c...+1a2b3c4d+AbCd...' [--kept-head HEAD.txt]

You need two things besides the proof, and neither may come from whoever gave you the proof alone:

- the log's public key (`--key`), as the office that keeps the record gave it to you when you first met;
- better still, a head of the log that you have kept since (`--kept-head`): then the proof must also show that
  today's log continues it, so that nothing you could have seen was removed or rewritten.

What is checked, and against which text:

1. the head of the log is signed by that key: C2SP signed-note and tlog-checkpoint, Ed25519 (RFC 8032). The
   standard library has no Ed25519, so it is written out below after RFC 8032 section 6. It only verifies: it
   handles no secret, and need not be fast or run in constant time;
2. each leaf is in the tree of that head: RFC 9162 section 2.1.3.2 (the tree of RFC 6962, SHA-256);
3. each content that is disclosed is what its leaf commits to: SHA-256(0x00 || salt || content). A leaf whose
   content is withheld is in the tree, but this program cannot say what it is about;
4. the entry that is disclosed with a row is the one that the row names: it says when the row was recorded;
5. with a kept head: this tree continues that one, RFC 9162 section 2.1.4.2;
6. of the evidence of a fork (`truceline office list --json`): two heads signed by that key continue two
   different beginnings of one length, so that whoever has the key signed two histories.

It does not read bundles: their leaves are packed with Zstandard, which the standard library lacks.

Prints one JSON document: `ok`, and `why` not, or what is proved. Exit code 0: proved, 1: not, 2: usage.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

FORMAT = "truceline-proof/1"
FORK = "truceline-fork/1"


class Rejected(Exception):
    """The proof does not prove what it claims; the message says why."""


def need(condition: object, why: str) -> None:
    """Goes on only if the condition holds."""
    if not condition:
        raise Rejected(why)


# Ed25519, RFC 8032 section 6: points as extended homogeneous coordinates.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(p: Any, q: Any) -> Any:
    """The sum of two points."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar: int, point: Any) -> Any:
    """A point that many times."""
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def same(p: Any, q: Any) -> Any:
    """Whether two points are the same."""
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def recover_x(y: int, sign: int) -> Any:
    """The x of a point with that y; None where there is none."""
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - x2) % P:
        return None
    return P - x if x & 1 != sign else x


def point_of(data: bytes) -> Any:
    """The point that 32 bytes encode; None where they encode none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the 64 bytes are a signature of the message by the public key of 32 bytes."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = point_of(public), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    # A key of small order would accept signatures over any text.
    if same(multiply(8, a), (0, 1, 1, 0)):
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    return bool(same(multiply(s, BASE), add(r, multiply(h, a))))


# Signed heads.


def base64_of(text: str, what: str) -> bytes:
    """The bytes of strict base64."""
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, TypeError):
        raise Rejected(what + " is not base64") from None
    need(base64.b64encode(data).decode() == text, what + " is not canonical base64")
    return data


def parse_key(text: str) -> tuple[str, bytes]:
    """Name and public key of a verifier key, name+id+base64."""
    parts = text.strip().split("+", 2)
    need(len(parts) == 3, "the key is not name+id+base64")
    name, given, encoded = parts
    data = base64_of(encoded, "the key")
    need(len(data) == 33 and data[:1] == b"\x01", "the key is not an Ed25519 key")
    need(key_id(name, data[1:]).hex() == given, "the key's id is not its own")
    return name, data[1:]


def key_id(name: str, public: bytes) -> bytes:
    """The first four bytes of SHA-256(name, newline, 1, public key)."""
    return hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def open_head(note: Any, name: str, public: bytes, what: str) -> tuple[int, bytes, str]:
    """Size, root and instant of a head, once its signature is checked."""
    need(isinstance(note, str), what + " is not a text")
    try:
        note.encode()
    except UnicodeEncodeError:
        raise Rejected(what + " is not Unicode") from None
    text, found, signatures = note.partition("\n\n")
    need(found, what + " has no signatures")
    lines = text.split("\n")
    need(len(lines) == 4, what + " does not have its four lines")
    need(lines[0] == name, what + " is of another log than the key")
    need(re.fullmatch("0|[1-9][0-9]{0,17}", lines[1], re.ASCII), what + " has no size")
    root = base64_of(lines[2], "the root of " + what)
    need(len(root) == 32, "the root of " + what + " is not 32 bytes")
    need(lines[3].startswith("recorded "), what + " has no instant")
    need(signatures.endswith("\n"), what + " is cut off")
    for line in signatures[:-1].split("\n"):
        match = re.fullmatch("— ([^ +]+) ([A-Za-z0-9+/=]+)", line)
        if match is None:
            raise Rejected(what + " has a line that is no signature")
        data = base64_of(match.group(2), "a signature of " + what)
        if match.group(1) == name and data[:4] == key_id(name, public):
            need(
                ed25519_verifies(public, text.encode() + b"\n", data[4:]), what + " is not signed by the key"
            )
            return int(lines[1]), root, lines[3][len("recorded ") :]
    raise Rejected(what + " is not signed by the key")


# The Merkle tree.


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def hash_of(text: Any, what: str) -> bytes:
    """32 bytes in lower-case hex."""
    need(isinstance(text, str) and re.fullmatch("[0-9a-f]{64}", text), what + " is not a hash in hex")
    return bytes.fromhex(text)


def path_of(values: Any, what: str) -> list[bytes]:
    """A list of hashes."""
    need(isinstance(values, list) and len(values) <= 128, what + " is not a list of hashes")
    return [hash_of(value, what) for value in values]


def root_from_path(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that a path leads to, RFC 9162 section 2.1.3.2."""
    fn, sn, r = index, size - 1, leaf
    for p in path:
        need(sn != 0, "the path is too long")
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    need(sn == 0, "the path is too short")
    return r


def check_continues(old: int, old_root: bytes, size: int, root: bytes, path: list[bytes]) -> None:
    """The old tree is the beginning of the new, RFC 9162 section 2.1.4.2."""
    need(old <= size, "the kept head has more leaves than the log: what it had is gone")
    if old == size:
        need(not path and old_root == root, "the log was rewritten: same size as the kept head, another root")
        return
    if old == 0:
        need(
            not path and old_root == hashlib.sha256(b"").digest(),
            "the kept head of no leaves has another root",
        )
        return
    need(path, "the path of continuation is empty")
    nodes = path if old & (old - 1) else [old_root, *path]
    fn, sn = old - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = nodes[0]
    for c in nodes[1:]:
        need(sn != 0, "the path of continuation is too long")
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    need(sn == 0, "the path of continuation is too short")
    need(fr == old_root, "the log does not continue the kept head")
    need(sr == root, "the path of continuation does not lead to this head")


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are all different: others could be read in two ways."""
    made = dict(pairs)
    need(len(made) == len(pairs), "a key stands twice in an object")
    return made


def check_leaf(leaf: Any, size: int, root: bytes, what: str) -> Any:
    """The leaf is in the tree; its content as an object, or None where it is withheld."""
    need(isinstance(leaf, dict), what + " is missing")
    index = leaf.get("index")
    need(type(index) is int and 0 <= index < size, what + " has no number in the tree")
    hash = hash_of(leaf.get("hash"), "the hash of " + what)
    found = root_from_path(hash, index, size, path_of(leaf.get("path"), "the path of " + what))
    need(found == root, what + " is not in the tree of the head")
    if "content" not in leaf and "salt" not in leaf:
        return None
    salt, content = leaf.get("salt"), leaf.get("content")
    need(isinstance(salt, str) and re.fullmatch("[0-9a-f]{32}", salt), what + " has no salt")
    need(isinstance(content, str), what + " has no content")
    try:
        data = content.encode()
    except UnicodeEncodeError:
        raise Rejected("the content of " + what + " is not Unicode") from None
    committed = hashlib.sha256(b"\x00" + bytes.fromhex(salt) + data).digest()
    need(committed == hash, "the content of " + what + " is not what was recorded")
    try:
        value = json.loads(content, object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise Rejected("the content of " + what + " is not JSON") from None
    need(isinstance(value, dict), "the content of " + what + " is not an object")
    return value


NUMBERED_BY_ENTRY = (
    "ingest",
    "actor_mapping",
    "accord_version",
    "statement",
    "correction",
    "case_step",
    "case_reporter",
    "publication",
    "user_action",
    "office",
    "office_fork",
    "log_key",
    "key_act",
    "access_setup",
)


def verify(proof_text: str, key: str, kept_head: str | None = None) -> dict[str, Any]:
    """What a proof proves, as a dictionary. Raises Rejected."""
    name, public = parse_key(key)
    try:
        proof = json.loads(proof_text, object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise Rejected("the proof is not JSON") from None
    if isinstance(proof, dict) and proof.get("format") == FORK:
        return verify_fork(proof, key)
    need(isinstance(proof, dict) and proof.get("format") == FORMAT, "the proof is not of the form " + FORMAT)
    known = {"format", "id", "head", "leaf", "entry", "consistency"}
    need(set(proof) <= known, "the proof has fields that nobody checks")
    size, root, instant = open_head(proof.get("head"), name, public, "the head")
    proved: dict[str, Any] = {
        "ok": True,
        "log": name,
        "size": size,
        "root": root.hex(),
        "head_recorded": instant,
    }
    need("leaf" in proof or "consistency" in proof, "the proof proves nothing")
    if "leaf" in proof:
        content = check_leaf(proof["leaf"], size, root, "the leaf")
        proved["index"], proved["content"] = proof["leaf"]["index"], content
        id = proof.get("id")
        if content is not None and id is not None:
            table = content.get("table")
            number = content.get("entry" if table in NUMBERED_BY_ENTRY else "seq")
            ids = (content.get("id") if table == "observation" else None, f"{table}:{number}")
            need(id in ids, "the content is of another thing than the proof says")
        if "entry" in proof:
            need(content is not None, "an entry is disclosed for a leaf that is withheld")
            entry = check_leaf(proof["entry"], size, root, "the entry")
            need(entry is not None and entry.get("table") == "entry", "the entry is not an entry")
            need(
                entry.get("seq") == content.get("entry"),
                "the entry is another than the one that the row names",
            )
            proved["recorded_at_us"] = entry.get("recorded_at")
    else:
        need("entry" not in proof and "id" not in proof, "the proof names a thing and does not show it")
    given = proof.get("consistency")
    if given is not None:
        need(
            isinstance(given, dict) and set(given) == {"from", "path"}, "the continuation is not of its form"
        )
        old, old_root, _ = open_head(given["from"], name, public, "the earlier head")
        path = path_of(given["path"], "the path of continuation")
        check_continues(old, old_root, size, root, path)
        proved["continues"] = {"size": old, "root": old_root.hex()}
    if kept_head is not None:
        old, old_root, _ = open_head(kept_head, name, public, "the kept head")
        if (old, old_root) != (size, root):
            shown = proved.get("continues", {})
            need(shown, "the proof does not show that the log continues the kept head")
            need(
                (shown["size"], shown["root"]) == (old, old_root.hex()),
                "the proof continues another head than the one that was kept",
            )
    return proved


def verify_fork(fork: dict[str, Any], key: str) -> dict[str, Any]:
    """Whether it is proved that the log's key signed two histories. Raises Rejected."""
    name, public = parse_key(key)
    need(
        set(fork) == {"format", "log", "size", "held", "seen"}, "the evidence has other fields than it should"
    )
    need(fork["log"] == name, "the evidence is about another log than the key")
    size, roots = fork["size"], []
    need(type(size) is int and size > 0, "the evidence has no size")
    for side in ("held", "seen"):
        shown = fork[side]
        need(isinstance(shown, dict) and set(shown) == {"head", "root", "path"}, side + " is not of its form")
        length, root, _ = open_head(shown["head"], name, public, "the head " + side)
        roots.append(hash_of(shown["root"], "the root " + side))
        check_continues(size, roots[-1], length, root, path_of(shown["path"], "the path " + side))
    need(roots[0] != roots[1], "both heads continue the same beginning: this is no fork")
    return {"ok": True, "log": name, "forked": True, "size": size, "roots": [root.hex() for root in roots]}


def main(arguments: list[str] | None = None) -> int:
    """The command; the exit code."""
    parser = argparse.ArgumentParser(description="Checks a proof from a Truceline record.")
    parser.add_argument("proof", help="the proof, a JSON file")
    parser.add_argument("--key", required=True, help="the log's verifier key, name+id+base64")
    parser.add_argument("--kept-head", help="a signed head that you have kept")
    given = parser.parse_args(arguments)
    try:
        # Bytes as they are: reading as text would change the ends of lines.
        proof = Path(given.proof).read_bytes().decode("utf-8")
        kept = Path(given.kept_head).read_bytes().decode("utf-8") if given.kept_head else None
        result = verify(proof, given.key, kept)
    except Rejected as why:
        result = {"ok": False, "why": str(why)}
    except RecursionError:
        result = {"ok": False, "why": "the proof is nested too deeply"}
    except (OSError, UnicodeDecodeError) as error:
        print(f"verify: a file cannot be read: {error}", file=sys.stderr)
        return 2
    print(json.dumps(result, indent=2, sort_keys=True))
    return 0 if result["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
