"""Phases in which keys are made: a party's, and the log's own."""

from __future__ import annotations

from pathlib import Path

from crashing.phase import Ack, Faults, record_faults, rows, workspace_in
from truceline.app import consent, log
from truceline.core.errors import TrucelineError
from truceline.transparency.keys import read_key_file


def new_key(folder: Path, name: str, ack: Ack) -> None:
    workspace = workspace_in(folder)
    consent.new_key(workspace, "north", folder / f"{name}-1.pem")
    ack("made")
    consent.rotate_key(workspace, "north", folder / f"{name}-1.pem", folder / f"{name}-2.pem")
    ack("rotated")


def check_new_key(folder: Path, acks: set[str]) -> Faults:
    faults = record_faults(folder / "ws")
    known = keys_recorded(folder)
    files = set()
    for path in folder.glob("*.pem"):
        try:
            files.add(read_key_file(path).public_key().public_bytes_raw())
        except TrucelineError as error:
            faults.append(f"half there: {error.message}")
    if known - files:
        faults.append("a key is recorded whose private half is lost")
    if len(known) < len(acks):
        faults.append("acknowledged and not there: a key")
    return faults


def keys_recorded(folder: Path) -> set[bytes]:
    return {bytes(key.public_key) for key in consent.list_keys(workspace_in(folder))}


def rotate_log_key(folder: Path, name: str, ack: Ack) -> None:
    """Two new keys of the log, the second in an opening of its own."""
    for number in (1, 2):
        log.rotate_key(workspace_in(folder), author="A. Monitor", reason=f"{name}-{number}")
        ack(f"{name}-{number}")


def check_log_key(folder: Path, acks: set[str]) -> Faults:
    """What was signed by the first key vouches for all that follows, and whoever goes on has the last one."""
    faults = record_faults(folder / "ws")
    said = {row[0] for row in rows(folder / "ws", "SELECT reason FROM key_act")}
    faults += [f"acknowledged and not there: {reason}" for reason in sorted(acks - said)]
    with workspace_in(folder).store() as store:
        report = store.verify_log()
        first = report.keys[0].public_key
        if any(one.vouched_by is None for one in report.keys[1:]):
            faults.append("a key that nothing vouches for")
        if len(report.keys) != 1 + len(said):
            faults.append(f"half there: {len(report.keys)} keys after {len(said)} changes")
        pinned = store.verify_log(pinned=(report.origin, first))
        faults += [f"under the first key: {finding.what}" for finding in pinned.findings]
        if report.signed_size != report.size:
            faults.append("the last head is not signed")
    held = read_key_file(folder / "ws" / "log.key").public_key().public_bytes_raw()
    if held != report.keys[-1].public_key:
        faults.append("the key that is held is not the last one recorded")
    return faults
