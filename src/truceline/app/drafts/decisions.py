"""What analysts decide of a draft, and the accord that their decisions leave. Pure.

The draft as it was made is never changed. A decision is about one **target**: a provision or a statement by
its id, a question (``question:0``), the accord's ``head``, or a part (``parties/russia``). Of one target
those decisions count that came after its last `reopen`, in the order made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from truceline.accord.load import accord_of
from truceline.accord.model import Accord
from truceline.core.errors import InvalidInput

ACTS = ("confirm", "correct", "reject", "reopen", "add", "answer", "leave_open", "head", "part")
SECTIONS = ("parties", "places", "lines", "zones")
QUESTION = "question:"
HEAD = "head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision: number, instant (ISO 8601, UTC), who, and what of which target.

    `changes` are fields of a provision (or of the head), None taking one away; `parts` are set or, without a
    value, taken away with an answer; `note` says why.
    """

    seq: int
    at: str
    author: str
    act: str
    target: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[Mapping[str, Any], ...] = ()
    note: str | None = None


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that count, in the order made."""
    since = {one.target: one.seq for one in decisions if one.act == "reopen"}
    return [one for one in decisions if one.seq > since.get(one.target, 0) and one.act in ACTS]


def states(decisions: Sequence[Decision]) -> dict[str, Decision]:
    """The last decision that counts, by target: what is decided, by whom and when."""
    return {one.target: one for one in standing(decisions)}


def undecided(draft: Accord, decisions: Sequence[Decision]) -> list[str]:
    """The targets of a draft that nobody has decided: provisions, then questions."""
    held = states(decisions)
    targets = [one.id for one in draft.provisions]
    targets += [f"{QUESTION}{number}" for number in range(len(draft.questions))]
    return [one for one in targets if one not in held and not _of_rejected(draft, one, held)]


def _of_rejected(draft: Accord, target: str, held: Mapping[str, Decision]) -> bool:
    """Whether a question is one of a provision that was rejected: nobody needs its answer any more."""
    if not target.startswith(QUESTION):
        return False
    about = draft.questions[int(target.removeprefix(QUESTION))].provision
    return about is not None and about in held and held[about].act == "reject"


def accord_with(
    draft: Mapping[str, Any], text: str, decisions: Sequence[Decision], *, status: str = "draft"
) -> Accord:
    """The accord of a draft (plain data, as `plain_accord` gives it) and the decisions on it.

    Raises InvalidAccord where a decision leaves what no accord can say, InvalidInput for a quote whose words
    do not stand in the text where it says.
    """
    plain: dict[str, Any] = dict(draft)
    plain["accord"] = dict(plain["accord"]) | {"status": status}
    held = standing(decisions)
    for section in ("provisions", "statements", *SECTIONS):
        plain[section] = [dict(one) for one in plain.get(section, ())]
    for one in held:
        _apply(plain, one, text)
    settled = {
        int(one.target.removeprefix(QUESTION))
        for one in held
        if one.act == "answer" and one.target.startswith(QUESTION)
    }
    rejected = {one.target for one in states(decisions).values() if one.act == "reject"}
    plain["questions"] = [
        question
        for number, question in enumerate(draft.get("questions", ()))
        if number not in settled and question.get("provision") not in rejected
    ]
    accord = accord_of({key: value for key, value in plain.items() if value != []})
    for provision in accord.provisions:
        for quote in provision.quotes:
            if text[quote.start : quote.end] != quote.exact:
                raise InvalidInput(f"{provision.id}: the quoted words are not in the text at {quote.start}")
    return accord


def _apply(plain: dict[str, Any], one: Decision, text: str) -> None:
    if one.act == "head":
        plain["accord"] = _head(plain["accord"], one.changes)
    elif one.act == "part":
        section, _, id = one.target.partition("/")
        _put(plain, section, id, one.changes or None)
    elif one.act == "add":
        plain["provisions"].append(_quoted({"id": one.target} | dict(one.changes), text))
    elif one.act == "reject":
        for section in ("provisions", "statements"):
            plain[section] = [part for part in plain[section] if part["id"] != one.target]
    elif one.act == "correct":
        _correct(plain, one.target, one.changes, text)
    elif one.act == "answer":
        for part in one.parts:
            _put(plain, str(part.get("section")), str(part.get("id")), part.get("value"))
        about = dict(one.changes)
        if "provision" in about:
            _correct(plain, str(about["provision"]), about.get("fields") or {}, text)
        if about.get("head"):
            plain["accord"] = _head(plain["accord"], about["head"])


def _correct(plain: dict[str, Any], id: str, changes: Mapping[str, Any], text: str) -> None:
    for number, part in enumerate(plain["provisions"]):
        if part["id"] == id:
            kind = changes.get("kind", part["kind"])
            kept = part if kind == part["kind"] else {k: v for k, v in part.items() if k in _fields_of(kind)}
            plain["provisions"][number] = _quoted(_changed(kept, changes), text)
            return


def _head(head: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    if "status" in changes:
        raise InvalidInput("status: no decision sets it; confirming the draft does")
    return _changed(head, changes)


def _changed(part: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(part) | dict(changes)
    return {key: value for key, value in merged.items() if value is not None}


def _quoted(part: dict[str, Any], text: str) -> dict[str, Any]:
    """The provision with its quotes placed: one that gives only words and `near` is looked for from there."""
    quotes = []
    for quote in part.get("quotes", ()):
        words = dict(quote)
        near = words.pop("near", None)
        if "start" not in words:
            exact = str(words.get("exact", ""))
            start = text.find(exact, int(near or 0)) if exact.strip() else -1
            if start < 0:
                raise InvalidInput(
                    f"quote: found {exact[:60]!r}; accepted: words of the text, letter for letter"
                )
            words |= {"start": start, "end": start + len(exact)}
        quotes.append(words)
    return part | ({"quotes": quotes} if quotes else {})


def _put(plain: dict[str, Any], section: str, id: str, value: Mapping[str, Any] | None) -> None:
    if section not in SECTIONS:
        raise InvalidInput(f"section: found {section!r}; accepted: {', '.join(SECTIONS)}")
    kept = [part for part in plain[section] if part["id"] != id]
    if value is not None:
        at = next((n for n, part in enumerate(plain[section]) if part["id"] == id), len(kept))
        before: dict[str, Any] = next((part for part in plain[section] if part["id"] == id), {})
        kept.insert(at, _changed(before, value) | {"id": id})
    plain[section] = kept


def _fields_of(kind: str) -> frozenset[str]:
    """The keys that a provision of a kind can have. Raises InvalidInput for a kind that does not exist."""
    from truceline.accord.model import provision as kinds

    for one in vars(kinds).values():
        if isinstance(one, type) and issubclass(one, kinds.ProvisionPart) and "kind" in one.model_fields:
            annotation = one.model_fields["kind"].annotation
            if kind in getattr(annotation, "__args__", ()):
                return frozenset(f.alias or name for name, f in one.model_fields.items())
    accepted = ", ".join(kinds.ProvisionKind)
    raise InvalidInput(f"kind: found {kind!r}; accepted: {accepted}")
