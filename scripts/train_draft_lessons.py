"""Reads the short marked texts that only teach (tests/data/draft/lessons), for `train_draft.py`.

A file holds several texts. Each begins with ``# YYYY-MM-DD``, the day of publication, and lines that name its
parties: ``A = Name (alias, alias) role``. In the text ``[[kind A B|words]]`` marks a provision and whom it
binds; ``(A B)`` in place of ``A B`` are those who may be named or left out.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from truceline.accord.model import PartyRole, ProvisionKind
from truceline.draft.evaluation import GoldText
from truceline.draft.evaluation.gold import GoldFile, GoldParty, GoldProvision

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "data" / "draft" / "lessons"
UNSCORED = (
    "due",
    "from",
    "until",
    "to",
    "distance_m",
    "weapons",
    "maximum",
    "mode",
    "frequency",
    "condition",
)

_PARTY = re.compile(r"^([A-Z]) = (.+?)(?: \(([^)]*)\))? (\w+)$")
_MARK = re.compile(r"\[\[(\w+)((?: \(?[A-Z]\)?)*)\|(.+?)\]\]", re.DOTALL)


def marked_texts(folder: Path = FOLDER) -> list[GoldText]:
    """Every marked text. Raises `ValueError` where a mark names a kind or party that there is not."""
    texts = []
    for path in sorted(folder.glob("*.txt")):
        parts = re.split(r"^# (\d{4}-\d\d-\d\d)\n", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
        for n, (day, body) in enumerate(zip(parts[::2], parts[1::2], strict=True)):
            texts.append(_read(f"lesson {path.stem} {n + 1}", dt.date.fromisoformat(day), body))
    return texts


def _read(name: str, published: dt.date, body: str) -> GoldText:
    lines = body.splitlines()
    parties: dict[str, GoldParty] = {}
    while (match := _PARTY.match(lines[0])) is not None:
        short = tuple(word.strip() for word in (match[3] or "").split(",") if word.strip())
        parties[match[1]] = GoldParty(name=match[2], role=PartyRole(match[4]), accept=short)
        lines.pop(0)
    marked = "\n".join(lines).strip() + "\n"
    if "[[" in _MARK.sub("", marked):
        raise ValueError(f"{name}: a mark is not closed, or names its parties wrongly")
    provisions = []
    for n, match in enumerate(_MARK.finditer(marked)):
        must = [parties[letter].name for letter in re.sub(r"\(.*?\)", "", match[2]).split()]
        may = [parties[x].name for group in re.findall(r"\((.*?)\)", match[2]) for x in group.split()]
        provisions.append(
            GoldProvision(
                id=f"p{n}",
                kind=ProvisionKind(match[1]),
                quotes=(match[3],),
                parties=tuple(must),
                also_parties=tuple(may),
                unscored=UNSCORED,
            )
        )
    gold = GoldFile(
        text=name, published=published, parties=tuple(parties.values()), provisions=tuple(provisions)
    )
    return GoldText(name=name, text=_MARK.sub(lambda m: m[3], marked), gold=gold)
