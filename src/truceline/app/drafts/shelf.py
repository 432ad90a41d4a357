"""The shelf on which drafts lie: a folder each, in which nothing is ever changed and only history is added.

ID/about.json       what was drafted: names, days, sentences, the SHA-256 of the document
ID/original         the document as it was given
ID/SOURCE.txt       its text, into which the quotes point
ID/draft.yaml       the accord as it was drafted
ID/history.jsonl    the decisions, one a line; each names the SHA-256 of the line before it
ID/accord-N.yaml    the accord as it was confirmed, the N-th time
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from truceline.accord.load import load_accord
from truceline.accord.model import Accord
from truceline.accord.plain import plain_accord
from truceline.accord.save import save_accord
from truceline.app.drafts.decisions import Decision
from truceline.core.durable import flush_folder, folder_in_place, write_in_place
from truceline.core.errors import Conflict, NotFound, StoreUnavailable

ABOUT, ORIGINAL, DRAFT, HISTORY = "about.json", "original", "draft.yaml", "history.jsonl"
CONFIRMED = "confirmed"
MOST_DECISIONS = 20_000
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Held:
    """A draft as it lies on the shelf: about it, its text, the accord as drafted, and every line of its
    history that is whole. `first_bad` is the number of the first line that was changed, None if none was."""

    id: str
    folder: Path
    about: dict[str, Any]
    text: str
    draft: Accord
    decisions: tuple[Decision, ...]
    confirmed: tuple[dict[str, Any], ...]
    first_bad: int | None

    @property
    def plain(self) -> dict[str, Any]:
        """The accord as drafted, as plain data."""
        return plain_accord(self.draft)

    @property
    def seq(self) -> int:
        """The number of the last line of its history."""
        last = [one.seq for one in self.decisions[-1:]] + [int(one["seq"]) for one in self.confirmed[-1:]]
        return max(last, default=0)


class Shelf:
    """Drafts in a folder, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, draft: Accord, text: str, original: bytes, about: Mapping[str, Any]) -> str:
        """Puts a draft on the shelf, whole or not at all; its id."""
        id = secrets.token_hex(8)
        source = draft.sources[0]
        data = text.encode("utf-8", "surrogatepass")
        kept = source.model_copy(
            update={"file": f"{source.id}.txt", "sha256": hashlib.sha256(data).hexdigest()}
        )
        named = draft.model_copy(update={"sources": (kept, *draft.sources[1:])})
        with folder_in_place(self.folder / id) as made:
            (made / f"{source.id}.txt").write_bytes(data)
            (made / ORIGINAL).write_bytes(original)
            (made / ABOUT).write_text(json.dumps(dict(about), ensure_ascii=False), "utf-8")
            (made / HISTORY).touch()
            save_accord(named, made / DRAFT)
        return id

    def ids(self) -> list[str]:
        """The drafts that lie here, the newest last."""
        if not self.folder.is_dir():
            return []
        found = [one for one in self.folder.iterdir() if _ID.fullmatch(one.name) and (one / ABOUT).is_file()]
        return [one.name for one in sorted(found, key=lambda one: (one / ABOUT).stat().st_mtime_ns)]

    def held(self, id: str) -> Held:
        """A draft. Raises NotFound, StoreUnavailable where it cannot be read."""
        folder = self.folder / id
        if not _ID.fullmatch(id) or not (folder / ABOUT).is_file():
            raise NotFound(f"there is no draft {id}")
        try:
            about = json.loads((folder / ABOUT).read_text("utf-8"))
            draft = load_accord(folder / DRAFT)
            text = (folder / str(draft.sources[0].file)).read_bytes().decode("utf-8", "surrogatepass")
            history = (folder / HISTORY).read_bytes()
        except (OSError, ValueError) as error:
            raise StoreUnavailable(f"the draft {id} cannot be read: {error}") from error
        decisions, confirmed, bad = _read(history)
        return Held(id, folder, about, text, draft, tuple(decisions), tuple(confirmed), bad)

    @contextmanager
    def writing(self, id: str) -> Iterator[Held]:
        """A draft that nobody else writes to meanwhile. Raises Conflict where its history was changed."""
        self.held(id)
        with (self.folder / id / HISTORY).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            held = self.held(id)
            if held.first_bad is not None:
                raise Conflict(f"line {held.first_bad} of the history of {id} was changed: nothing is added")
            if held.seq >= MOST_DECISIONS:
                raise Conflict(f"the draft {id} has {held.seq} decisions already; accepted: {MOST_DECISIONS}")
            yield held

    def add(self, held: Held, said: Mapping[str, Any]) -> None:
        """Adds a line to the history of a draft that is held by `writing`."""
        path = held.folder / HISTORY
        lines = path.read_bytes().splitlines()
        before = hashlib.sha256(lines[-1]).hexdigest() if lines else None
        line = json.dumps({"before": before} | dict(said), ensure_ascii=False, sort_keys=True)
        with path.open("ab") as file:
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def keep_confirmed(self, held: Held, text: str) -> str:
        """Writes an accord as it was confirmed, beside those before it; the file's name."""
        name = f"accord-{len(held.confirmed) + 1}.yaml"
        write_in_place(held.folder / name, text.encode(), replace=True)
        flush_folder(held.folder)
        return name


def _read(history: bytes) -> tuple[list[Decision], list[dict[str, Any]], int | None]:
    decisions: list[Decision] = []
    confirmed: list[dict[str, Any]] = []
    before: str | None = None
    for number, line in enumerate(history.splitlines(), start=1):
        try:
            said = json.loads(line)
            if said.pop("before") != before or said["seq"] != number:
                return decisions, confirmed, number
            if said["act"] == CONFIRMED:
                confirmed.append(said)
            else:
                decisions.append(Decision(**(said | {"parts": tuple(said["parts"])})))
        except (ValueError, KeyError, TypeError, AttributeError):
            return decisions, confirmed, number
        before = hashlib.sha256(line).hexdigest()
    return decisions, confirmed, None
