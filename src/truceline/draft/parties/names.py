"""The names of a text and the party that each means."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from truceline.draft.lexicon.load import among, words
from truceline.draft.parties.mentions import (
    BODIES,
    FORCES,
    GROUPS,
    HEADS,
    ORGANISATIONS,
    ORGANS,
    STANDALONE_ACRONYM,
    TAILS,
    WATCHERS,
    Mention,
    plain_word,
)
from truceline.draft.parties.people import People
from truceline.draft.parties.phrases import (
    territory_name,
)
from truceline.draft.parties.registry import Registry
from truceline.draft.text.document import Text
from truceline.draft.text.plain import fold

_SHORT_FIRST = words("recognise", "short_first")
_SHORT_MIDDLE = words("recognise", "short_middle")


class Names:
    """What a text calls whom; `registry` and `people` hold what was learnt."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.registry = Registry()
        self.people = People()
        self.short: dict[str, str] = {}
        self._evidence: Counter[str] = Counter()
        self._mid: set[str] = set()

    # --- keys
    def _party(self, first: int, last: int, key: str, *, forces: bool = False, head: str = "") -> Mention:
        return Mention(first, last, "party", (key,), self.text.raw(first, last), forces, head)

    def _state(self, code: str) -> str:
        key = f"state:{code}"
        self.registry.note(key, territory_name(code), "state", code=code)
        return key

    def _body_key(self, name: str) -> str:
        key = f"body:{fold(name)}"
        notes = self.registry.note(key, name, "body")
        for other, first in BODIES.items():
            if first == name and other.upper() != name and len(other) <= 5:
                notes.add_alias(other.upper())
        return key

    def _proper(self, name: str) -> str:
        key = f"name:{fold(name)}"
        self.registry.note(key, name, "name")
        return key

    def _common_key(self, core: str, name: str) -> str:
        if core in ("regime", "administration", "authority", "cabinet"):
            core = "government"
        known = self.short.get(core)
        if known is not None:
            return known
        key = f"common:{core}"
        plain = re.sub(
            r"^(?:the|all|any|some|these|those|such|its|their|other|a|an|remaining)\s+", "", name, flags=re.I
        )
        plain = re.sub(r"^(?:the|remaining|other)\s+", "", plain)
        notes = self.registry.note(key, plain, "common")
        notes.add_alias(plain)
        return key

    def _alias(self, key: str, name: str) -> None:
        notes = self.registry.get(key)
        if notes is not None:
            notes.add_alias(re.sub(r"^(?:the|all|any)\s+", "", name, flags=re.I))

    def _known(self, name: str) -> str | None:
        folded = fold(name)
        if folded in self.short:
            return self.registry.resolve(self.short[folded])
        if self.registry.get(f"name:{folded}") is not None:
            return self.registry.resolve(f"name:{folded}")
        if len(folded) > 3 and folded.endswith("s") and self.registry.get(f"name:{folded[:-1]}") is not None:
            return self.registry.resolve(f"name:{folded[:-1]}")
        named = [(n.key, fold(n.name)) for n in self.registry.all() if n.kind == "name"]
        if " " not in folded:
            # "the Council", "the Wardens": the last, or the first, word of the one name that has it.
            held = {key for key, known in named if folded in known and _shortens(folded, known)}
            if len(held) == 1:
                return held.pop()
        whole = {key for key, known in named if _all_but_heads(folded, known)}
        if len(whole) == 1:
            return whole.pop()
        if len(folded) > 4:
            kin_keys = {key for key, known in named if known[:4] == folded[:4] and _akin(folded, known)}
            if len(kin_keys) == 1:
                return kin_keys.pop()
            own = {key for key, known in named if _of_people(folded, known)}
            if len(own) == 1 and " " not in folded:
                return own.pop()
        for kin in (folded + "s", folded + "n", folded + "an", folded + "ian"):
            if len(folded) > 3 and self.registry.get(f"name:{kin}") is not None:
                return self.registry.resolve(f"name:{kin}")
        return None

    def _organisation(self, j: int, end: int) -> str | None:
        """The key of an organisation's proper name, if the words look like one."""
        ws = self.text.words
        if end - j == 1:
            word = ws[j]
            if word.text[:-1].isupper() and word.text.endswith("s"):
                return None
            return (
                self._proper(word.text)
                if STANDALONE_ACRONYM.match(word.text) and self._evidence[fold(word.text)]
                else None
            )
        if end - j > 4 and all(w.text.isupper() for w in ws[j:end] if w.text[:1].isalpha()):
            return None  # a title in capitals
        if not any(w.lemma in ORGANISATIONS or w.lower in ORGANISATIONS for w in ws[j:end]):
            return None
        if all(plain_word(w) and w.lemma not in ORGANISATIONS for w in ws[j:end]):
            return None
        own = [
            w
            for w in ws[j:end]
            if not (plain_word(w) or w.lemma in among("general ministry defence government foreign"))
        ]
        if not own and not any(
            w.lower in among("government people mission committee commission group team") for w in ws[j:end]
        ):
            return None
        return self._proper(self.text.raw(j, end).replace(" 's", "'s").replace("( ", "("))

    def _with_tail(self, i: int, end: int, last: int, key: str) -> Mention:
        ws = self.text.words
        stop = end
        if (
            stop < last
            and ws[stop].text in ("'s", "'")
            and stop + 1 < last
            and (ws[stop + 1].lemma in FORCES | ORGANS | TAILS)
            and not ws[stop + 1].capital
        ):
            stop += 1
        forces = False
        head = "name"
        while (
            stop < last
            and not ws[stop].capital
            and (ws[stop].lemma in TAILS | HEADS | WATCHERS)
            and stop - end < 3
            and ws[stop].lower not in ("state", "party")
        ):
            forces = forces or ws[stop].lemma in FORCES | GROUPS
            head = ws[stop].lemma
            stop += 1
        return self._party(i, stop, key, forces=forces, head=head)


def _shortens(word: str, name: str) -> bool:
    """Whether a folded word is the short form of a folded name: "council" of "marcher council"."""
    parts = name.split()
    return len(parts) > 1 and (
        parts[-1] == word
        or (parts[0] == word and word in _SHORT_FIRST)
        or (word in _SHORT_MIDDLE and word in parts)
        or (parts[0] == word and parts[1] == "of")
        or ("of" in parts[2:] and parts[parts.index("of", 2) - 1] == word and word in ORGANISATIONS)
    )


_ENDINGS = frozenset(
    [
        "a",
        "e",
        "i",
        "o",
        "n",
        "an",
        "ian",
        "ish",
        "ese",
        "ite",
        "er",
        "en",
        "ic",
        "s",
        "ns",
        "ans",
        "ians",
        "ites",
        "ers",
        "ia",
        "y",
        "ine",
        "ar",
    ]
) | {""}


_POLITIES = words("actors", "polities")


def _all_but_heads(word: str, name: str) -> bool:
    """Whether a name is the word and nothing but heads of organisations: "amal" of "amal movement"."""
    return (
        name.startswith(f"{word} ")
        and word not in ORGANISATIONS
        and all(p in ORGANISATIONS and p != "pact" for p in name[len(word) :].split())
    )


@lru_cache(maxsize=16_384)
def _of_people(word: str, name: str) -> bool:
    """Whether a folded word is the land or the people in a folded name: "ostria" of "ostrian federation"."""
    parts = name.split()
    for part in (parts[-1],) if parts[-1] not in _POLITIES else parts[:-1]:
        if not _POLITIES & set(parts) or part in _POLITIES or len(part) < 4:
            continue
        shared = 0
        while shared < min(len(part), len(word)) and part[shared] == word[shared]:
            shared += 1
        if shared >= 4 and part[shared:] in _ENDINGS and word[shared:] in _ENDINGS:
            return True
    return False


def _akin(word: str, name: str) -> bool:
    """Whether one is the other with an ending: "veldanian" and "veldania"."""
    if word == name:
        return False
    longer = name.startswith(word) and len(name) - len(word) <= 3
    return longer or (word.startswith(name) and len(name) > 4 and len(word) - len(name) <= 2)
