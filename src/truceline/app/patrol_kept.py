"""Plans, tracks and findings of patrols that a workspace keeps, sealed; and who may see what of them.

What is kept lies under `truceline.store.patrol_vault`; who may see it says the permission matrix: plans and
tracks those roles that need them, coverage by sector and day the others, counts and shares everybody.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from truceline.app.patrol import Verification
from truceline.core.durable import unwritable, write_in_place
from truceline.core.errors import InvalidInput, NotAllowed
from truceline.core.input_files import read_whole
from truceline.core.instants import isoformat_utc, parse_instant
from truceline.core.limits import EVIDENCE_JSON_BYTES
from truceline.core.sealed import Key, is_sealed
from truceline.evidence.permissions.matrix import DELAY, Grant, Kind, Reader
from truceline.patrol.against_plan.expected import ExpectedPlan, expected_of
from truceline.patrol.against_plan.tally import by_sector_and_day, counts_of
from truceline.patrol.track import Track
from truceline.store.patrol_vault import SEALED, PatrolVault
from truceline.store.workspace import Workspace

_COLUMNS = ("time_s", "lon", "lat", "error_m")


def vault_of(workspace: Workspace) -> PatrolVault:
    """The workspace's sealed patrols."""
    return PatrolVault(workspace.root)


def keep_plan(workspace: Workspace, key: Key, files: dict[str, bytes]) -> str:
    """Keeps the files of a plan (`truceline.app.patrol_plan.files_of`); its id."""
    document = {name: content.decode("utf-8") for name, content in files.items()}
    return vault_of(workspace).keep(key, "plan", _json({"files": document}))


def keep_tracks(workspace: Workspace, key: Key, tracks: Sequence[Track]) -> str:
    """Keeps tracks; their id, under which `truceline patrol verify` takes them again."""
    rows = [
        {"name": t.name, "party": t.party, "source": t.source} | {c: getattr(t, c).tolist() for c in _COLUMNS}
        for t in tracks
    ]
    return vault_of(workspace).keep(key, "tracks", _json({"tracks": rows}))


def keep_finding(workspace: Workspace, key: Key, found: Verification, now: datetime) -> str:
    """Keeps what tracks showed, sealed, and beside it the counts and shares that all may read; its id."""
    counts = counts_for_all(found)
    coarse = by_sector_and_day(found.driven) if found.driven else []
    document = {
        "kept_at": isoformat_utc(now.astimezone(UTC)),
        "answer": found.as_dict(),
        "by_sector_and_day": coarse,
        "counts": counts,
    }
    vault = vault_of(workspace)
    id = vault.keep(key, "verified", _json(document))
    vault.tell(id, _json({"kept_at": document["kept_at"], **counts}))
    return id


def counts_for_all(found: Verification) -> dict[str, Any]:
    """What a public report may carry of a finding: counts, shares and days."""
    answer = found.verified
    days = [
        moment.date().isoformat()
        for one in answer.patrols
        if len(one.cleaned.track)
        for moment in (one.cleaned.track.start, one.cleaned.track.end)
    ]
    return {
        "provision": found.provision,
        "from": found.driven.plan.first.isoformat() if found.driven else min(days, default=None),
        "to": _last_day(found) or max(days, default=None),
        "tracks": answer.counts(),
        "sight_m": answer.sight_m,
        "over_terrain": answer.over_terrain,
        "line_seen": {party or "all": round(s.share, 3) for party, s in answer.line_seen.items()},
        "zone_seen": {party or "all": round(s.share, 3) for party, s in answer.zone_seen.items()},
        "sectors_seen": {
            sector: {party or "all": round(s.share, 3) for party, s in shares.items()}
            for sector, shares in answer.sectors_seen.items()
        },
        "planned": counts_of(found.driven) if found.driven else None,
    }


def _last_day(found: Verification) -> str | None:
    if found.driven is None:
        return None
    return (found.driven.plan.first + timedelta(days=found.driven.plan.days - 1)).isoformat()


def told_counts(root: Path, known_at: datetime | None = None) -> list[dict[str, Any]]:
    """The counts of every finding that is kept in a workspace's folder by an instant, oldest first. Needs no
    passphrase. Raises InvalidInput."""
    found = []
    for id, content in PatrolVault(root).told():
        try:
            document = json.loads(content)
        except ValueError as error:
            raise InvalidInput(f"patrols/{id}.json: this is no JSON") from error
        if not isinstance(document, dict) or "kept_at" not in document:
            raise InvalidInput(f"patrols/{id}.json: this is no finding")
        kept_at = parse_instant(str(document["kept_at"]), ZoneInfo("UTC"), field=f"patrols/{id}.json")
        if known_at is None or kept_at <= known_at:
            found.append({"id": id} | document)
    return sorted(found, key=lambda one: (str(one.get("kept_at")), one["id"]))


def kept_tracks(workspace: Workspace, key: Key, id: str) -> list[Track]:
    """Tracks that were kept. Raises NotFound and InvalidInput."""
    document = json.loads(vault_of(workspace).kept(key, id))
    if "tracks" not in document:
        raise InvalidInput(f"{id} holds no tracks")
    return [
        Track(
            row["name"], row["party"], row["source"],
            *(np.asarray(row[column], dtype=float) for column in _COLUMNS),
        )
        for row in document["tracks"]
    ]  # fmt: skip


def expected_plan(workspace: Workspace, plan: str, passphrase: str | None) -> ExpectedPlan:
    """The plan under an id that is kept, or in a file, sealed or not. Raises NotFound and InvalidInput."""
    vault = vault_of(workspace)
    path = Path(plan)
    if not path.exists() and plan.startswith("plan-"):
        files = json.loads(vault.kept(vault.key(passphrase), plan))["files"]
        return expected_of(files["plan.json"].encode(), plan)
    content = read_whole(path, EVIDENCE_JSON_BYTES, accepted="plan.json of `truceline patrol plan`")
    if is_sealed(content):
        content = vault.key(passphrase).opened(content, path.name.removesuffix(SEALED))
    return expected_of(content, path.name)


def write_sealed(files: dict[str, bytes], folder: Path, key: Key) -> list[Path]:
    """Writes files sealed, each under its name and `SEALED`. Raises StoreUnavailable."""
    written, path = [], folder
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, mode=0o700)
        for name, content in files.items():
            path = folder / f"{name}{SEALED}"
            write_in_place(path, key.sealed(content, name), mode=0o600)
            written.append(path)
    except OSError as error:
        raise unwritable(path, error) from error
    return written


def opened(workspace: Workspace, key: Key, what: str) -> bytes:
    """The content of a sealed file, or of what is kept under an id. Raises NotFound and InvalidInput."""
    path = Path(what)
    if path.exists() or path.suffix == SEALED:
        return key.opened(
            read_whole(path, 4 * EVIDENCE_JSON_BYTES, accepted="a sealed file"),
            path.name.removesuffix(SEALED),
        )
    return vault_of(workspace).kept(key, what)


def shown_to(workspace: Workspace, key: Key, id: str, reader: Reader, now: datetime) -> dict[str, Any]:
    """What a reader may see of what is kept under an id, by the permission matrix. Raises NotAllowed."""
    document: dict[str, Any] = json.loads(vault_of(workspace).kept(key, id))
    if id.startswith("plan-"):
        if reader.grant(Kind.PATROL_PLANS) is Grant.ALL:
            return document
    elif id.startswith("tracks-"):
        if reader.grant(Kind.PATROL_TRACKS) is Grant.ALL:
            return document
    elif reader.grant(Kind.PATROL_TRACKS) is Grant.ALL:
        return document
    else:
        grant = reader.grant(Kind.PATROL_COVERAGE)
        if grant is Grant.ALL:
            return {name: document[name] for name in ("kept_at", "counts", "by_sector_and_day")}
        old = now - parse_instant(document["kept_at"], ZoneInfo("UTC"), field="kept_at") >= DELAY
        if grant is Grant.DELAYED and old:
            return {name: document[name] for name in ("kept_at", "counts")}
    raise NotAllowed(
        f"the role {reader.role} may not see {id}", details={"role": str(reader.role), "kept": id}
    )


def _json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
