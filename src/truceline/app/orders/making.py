"""Makes what was ordered: run as a process of its own, within limits of time, memory and size of files.

    python -m truceline.app.orders.making WORKSPACE FOLDER < ORDER

Reads the order as JSON, writes into FOLDER (where a draft's document lies as `input`), and says on standard
output, one JSON object a line, where it is (`step`), and at last what it `made` or why it `failed`.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from truceline.app.orders.order import Order
from truceline.core.acting import acting
from truceline.core.errors import TrucelineError
from truceline.store.workspace import Workspace

SECONDS = 900
MEMORY_BYTES = 6 << 30
FILE_BYTES = 8 << 30
INPUT = "input"


def make(root: Path, folder: Path, order: Order) -> dict[str, Any]:
    """Makes one order in `folder`: its file by name, or its draft, as plain JSON data."""
    if order.what == "draft":
        return _draft(folder, order)
    output = folder / f"{_name(root, order)}.{order.format}"
    made = _data(root, output, order) if order.what == "data" else _report(root, output, order)
    with output.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"file": output.name, "bytes": output.stat().st_size, "sha256": digest} | made


def _name(root: Path, order: Order) -> str:
    accord = Workspace.open(root).accord().accord.id
    kind = order.layers[0] if order.what == "data" and len(order.layers) == 1 else order.what
    day = (order.as_of or "").partition("T")[0]
    language = order.language if order.what == "report" else ""
    parts = (accord, kind, order.period if order.what == "report" else "", day, order.edition, language)
    return "-".join(part for part in parts if part)


def _data(root: Path, output: Path, order: Order) -> dict[str, Any]:
    from truceline.app.export import export
    from truceline.app.export_content import ExportRequest

    _say(step="reading")
    request = ExportRequest(
        as_of=order.as_of,
        known_at=order.known_at,
        reading=order.reading,
        edition=order.edition,
        layers=order.layers,
        standing_only=order.standing,
    )
    exported = export(root, output, request, licence=order.licence, told=lambda: _say(step="writing"))
    about = exported.as_dict()
    return {"as_of": about["as_of"], "known_at": about["known_at"], "rows": sum(about["layers"].values())}


def _report(root: Path, output: Path, order: Order) -> dict[str, Any]:
    from truceline.app.mission.files import MissionRequest, write_mission_report

    _say(step="reading")
    request = MissionRequest(
        period=order.period,
        as_of=order.as_of,
        known_at=order.known_at,
        reading=order.reading,
        languages=(order.language,),
        editions=(order.edition,),
        formats=(order.format,),
        paper=order.paper,
        publish=order.publish,
        author=order.author,
    )
    with acting(author=order.author, command="web publish" if order.publish else "web report"):
        made = write_mission_report(root, output, request, drawing=lambda: _say(step="writing"))
    told = made.as_dict()
    publication = made.publication
    return {
        "as_of": told["as_of"],
        "known_at": told["known_at"],
        "publication": publication.id if publication else None,
        "assessment_sha256": publication.sha256 if publication else None,
    }


def _draft(folder: Path, order: Order) -> dict[str, Any]:
    from truceline.app.drafts.shelf import Shelf
    from truceline.core.instants import isoformat_utc
    from truceline.draft.documents import read_bytes
    from truceline.draft.drafting import draft_text

    _say(step="reading")
    original = (folder / INPUT).read_bytes()
    document = read_bytes(original, order.name)
    _say(step="writing")
    drafted = draft_text(
        document.text,
        published=date.fromisoformat(order.published) if order.published else None,
        source_name=order.name,
        title=document.title,
    )
    about = {
        "title": dict(drafted.accord.accord.title),
        "document": order.name,
        "media_type": document.media_type,
        "published": order.published,
        "author": order.author,
        "made_at": isoformat_utc(datetime.now(UTC)),
        "sha256": hashlib.sha256(original).hexdigest(),
        "sentences": [list(span) for span in drafted.sentences],
        "notes": list(drafted.notes),
    }
    return {"draft": Shelf(Path(order.shelf)).put(drafted.accord, drafted.text, original, about)}


def _say(**what: Any) -> None:
    print(json.dumps(what), flush=True)


def _limit() -> None:
    os.nice(10)
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_DATA, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
    ):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def main() -> int:
    """One order, from standard input."""
    _limit()
    os.umask(0o077)
    root, folder = (Path(text) for text in sys.argv[1:3])
    try:
        _say(made=make(root, folder, Order.of(json.load(sys.stdin))))
    except TrucelineError as error:
        _say(failed=error.problem())
        return 2
    except MemoryError:
        _say(failed={"code": "too-many", "detail": "it takes more memory than is allowed"})
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
