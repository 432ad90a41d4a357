"""Use cases of drafts: shown, decided, confirmed, taken out."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from truceline.accord.lint import errors_among, lint, warnings_among
from truceline.accord.model import Accord
from truceline.accord.plain import plain_accord
from truceline.accord.save import render
from truceline.app.drafts.decisions import (
    HEAD,
    QUESTION,
    SECTIONS,
    Decision,
    accord_with,
    states,
    undecided,
)
from truceline.app.drafts.shelf import CONFIRMED, HISTORY, ORIGINAL, Held, Shelf
from truceline.core.errors import Conflict, InvalidAccord, InvalidInput, NotAsExpected, NotFound
from truceline.core.instants import isoformat_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A decision that somebody wants to make; `seen` is the number of the last decision on its target that
    they have seen, 0 for none."""

    act: str
    target: str
    seen: int
    changes: Mapping[str, Any] = field(default_factory=dict)
    parts: Sequence[Mapping[str, Any]] = ()
    note: str | None = None


def summary(held: Held) -> dict[str, Any]:
    """A draft in a list, as plain JSON data."""
    left = undecided(held.draft, held.decisions)
    return {
        "id": held.id,
        "title": held.about["title"],
        "document": held.about["document"],
        "author": held.about["author"],
        "made_at": held.about["made_at"],
        "provisions": len(held.draft.provisions),
        "questions": len(held.draft.questions),
        "undecided": len(left),
        "seq": held.seq,
        "confirmed": list(held.confirmed),
        "first_bad": held.first_bad,
    }


def shown(held: Held) -> dict[str, Any]:
    """A draft with its sentences, what is decided and the accord that this leaves, as plain JSON data."""
    accord = accord_with(held.plain, held.text, held.decisions)
    state = states(held.decisions)
    return summary(held) | {
        "text": held.text,
        "sentences": held.about["sentences"],
        "notes": held.about["notes"],
        "drafted": {one.id: _plain(one) for one in (*held.draft.provisions, *held.draft.statements)},
        "asked": [
            {"target": f"{QUESTION}{number}", **_plain(one)}
            for number, one in enumerate(held.draft.questions)
        ],
        "accord": plain_accord(accord),
        "decided": {target: decision_dict(one) for target, one in state.items()},
        "left": undecided(held.draft, held.decisions),
        "history": [decision_dict(one) for one in held.decisions],
        "faults": [one.as_dict() for one in _faults(held)],
    }


def decision_dict(one: Decision) -> dict[str, Any]:
    """A decision as plain JSON data."""
    return asdict(one) | {"changes": dict(one.changes), "parts": [dict(part) for part in one.parts]}


def _plain(part: Any) -> dict[str, Any]:
    found: dict[str, Any] = part.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return found


def decide(shelf: Shelf, id: str, wanted: Wanted, *, author: str, now: datetime) -> Decision:
    """Records a decision. Raises NotFound for a draft or target that is not there, NotAsExpected where
    somebody else has decided on the target since, InvalidInput and InvalidAccord for what cannot be."""
    with shelf.writing(id) as held:
        _need_target(held, wanted)
        last = [one for one in held.decisions if one.target == wanted.target]
        seq = last[-1].seq if last else 0
        if seq != wanted.seen:
            raise NotAsExpected(
                f"{last[-1].author if last else 'nobody'} has decided on {wanted.target} since it was read",
                hint="look at what was decided, then decide again",
                details={"seq": seq},
            )
        made = Decision(
            seq=held.seq + 1,
            at=isoformat_utc(now),
            author=author,
            act=wanted.act,
            target=wanted.target,
            changes=dict(wanted.changes),
            parts=tuple(dict(part) for part in wanted.parts),
            note=wanted.note,
        )
        accord_with(held.plain, held.text, (*held.decisions, made))  # what cannot be said is not recorded
        shelf.add(held, decision_dict(made))
    return made


def _need_target(held: Held, wanted: Wanted) -> None:
    act, target = wanted.act, wanted.target
    provisions = {one.id for one in held.draft.provisions}
    added = {one.target for one in held.decisions if one.act == "add"}
    statements = {one.id for one in held.draft.statements}
    questions = {f"{QUESTION}{number}" for number in range(len(held.draft.questions))}
    if act == "add" and target in provisions | statements | added:
        raise Conflict(f"the draft has a provision {target} already")
    accepted: dict[str, bool] = {
        "confirm": target in provisions | statements | added,
        "reject": target in provisions | statements | added,
        "correct": target in provisions | added,
        "reopen": any(one.target == target for one in held.decisions),
        "add": True,
        "answer": target in questions,
        "leave_open": target in questions,
        "head": target == HEAD,
        "part": target.partition("/")[0] in SECTIONS,
    }
    if act not in accepted:
        raise InvalidInput(f"act: found {act!r}; accepted: {', '.join(accepted)}")
    if not accepted[act]:
        raise NotFound(f"the draft has no {target} to {act.replace('_', ' ')}")
    if act in ("reject", "leave_open") and not (wanted.note or "").strip():
        raise InvalidInput(f"note: {act.replace('_', ' ')} needs a reason")


def _faults(held: Held) -> list[Any]:
    accord = accord_with(held.plain, held.text, held.decisions, status="confirmed")
    found = lint(accord, held.folder)
    return [*errors_among(found, accord), *warnings_among(found, accord)]


def confirm(shelf: Shelf, id: str, seen: int, *, author: str, now: datetime) -> dict[str, Any]:
    """Confirms the accord that all decisions leave, and keeps it; its entry in the history.

    `seen` is the number of the last decision that the author has seen. Raises NotAsExpected, Conflict
    where something is not decided, InvalidAccord with every fault where it would not be valid.
    """
    with shelf.writing(id) as held:
        if held.seq != seen:
            raise NotAsExpected("the draft was decided further since it was read", details={"seq": held.seq})
        left = undecided(held.draft, held.decisions)
        if left:
            raise Conflict(
                f"{len(left)} of the draft are not decided: {', '.join(left[:5])}", details={"left": left}
            )
        accord = accord_with(held.plain, held.text, held.decisions, status="confirmed")
        errors = errors_among(lint(accord, held.folder), accord)
        if errors:
            raise InvalidAccord.of_faults(errors, hint="answer and correct these first")
        text = render(accord)
        said = {
            "seq": held.seq + 1,
            "at": isoformat_utc(now),
            "author": author,
            "act": CONFIRMED,
            "file": shelf.keep_confirmed(held, text),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        }
        shelf.add(held, said)
    return said


def accord_text(held: Held) -> str:
    """The accord as it was confirmed last, else as a draft as it stands, as one file without its text."""
    accord = _last(held)
    alone = tuple(one.model_copy(update={"file": None}) for one in accord.sources)
    return render(accord.model_copy(update={"sources": alone}))


def _last(held: Held) -> Accord:
    from truceline.accord.load import load_accord

    if held.confirmed:
        return load_accord(held.folder / str(held.confirmed[-1]["file"]))
    return accord_with(held.plain, held.text, held.decisions)


def package(held: Held) -> bytes:
    """A zip of the accord, the text that it quotes, the document, the draft and its whole history."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(name: str, content: bytes) -> None:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)

        add("accord.yaml", render(_last(held)).encode())
        source = str(held.draft.sources[0].file)
        for name in (source, "draft.yaml", HISTORY):
            add(name, (held.folder / name).read_bytes())
        add(f"original{Path(held.about['document']).suffix[:10]}", (held.folder / ORIGINAL).read_bytes())
    return out.getvalue()
