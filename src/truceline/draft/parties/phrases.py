"""Reads a noun phrase about an actor from a given word on: "Syrian army", "all radical fighters", "both
sides".

Each reader returns a `Mention` or None; offsets are word indexes of the document.
"""

from __future__ import annotations

from truceline.draft.lexicon.load import among, words
from truceline.draft.lexicon.territories import by_name, territories
from truceline.draft.parties.mentions import (
    BODIES,
    COLLECTIVE_HEADS,
    COLLECTIVE_MARKS,
    FORCES,
    GROUPS,
    HEADS,
    ORGANISATIONS,
    ORGANS,
    PARTICLES,
    PLAIN_CAPITALS,
    TAILS,
    TITLES,
    WATCHERS,
    Mention,
    is_name_part,
    territory_at,
)
from truceline.draft.text.document import Word
from truceline.draft.text.plain import fold

NOT_ACTORS = words("phrases", "not_actors")
DETERMINERS = words("phrases", "determiners")
PLACES_AFTER_OF = words("phrases", "places_after_of")
ADJECTIVES = words("phrases", "adjectives")
STATE_WORDS = words("phrases", "state_words")
PLURAL_ONLY = words("phrases", "plural_only")


_AFTER_BOTH = words("phrases", "after_both")


def collective_at(ws: list[Word], i: int, end: int) -> Mention | None:
    """ "The parties", "both warring sides", "the two countries", "each Party"."""
    j = i
    if ws[j].lower == "both" and (
        i + 1 >= end or ws[i + 1].lower in _AFTER_BOTH or not ws[i + 1].text[:1].isalpha()
    ):
        last = i + 1
        if i + 2 < end and ws[i + 1].lower == "of" and ws[i + 2].lower in ("them", "us", "these", "those"):
            last = i + 3
        elif i + 1 < end and ws[i + 1].lower == "of":
            last = i + 1
        return Mention(i, last, "collective", name=" ".join(w.text for w in ws[i:last]), head="party")
    if (
        ws[j].lower in among("none all each neither both either")
        and i + 2 < end
        and ws[i + 1].lower == "of"
        and ws[i + 2].lower in ("us", "them")
    ):
        return Mention(i, i + 3, "collective", name=" ".join(w.text for w in ws[i : i + 3]), head="party")
    if ws[j].lower == "of":
        return None
    alone = i + 1 if ws[i].lower in ("each", "neither", "either") else i + 2
    if (
        (alone == i + 1 or (ws[i].lower == "the" and i + 1 < end and ws[i + 1].lower == "two"))
        and alone < end
        and (ws[alone].lower in among("shall will must may would to are do have has is undertake agree"))
    ):
        return Mention(i, alone, "collective", name=" ".join(w.text for w in ws[i:alone]), head="party")
    if ws[j].lower in among("the these those its their"):
        j += 1
    marks: list[str] = []
    while (
        j < end
        and j - i < 6
        and (ws[j].lower in COLLECTIVE_MARKS or ws[j].lemma in COLLECTIVE_MARKS)
        and ws[j].lower not in ("party", "signatories", "belligerents", "undersigned")
    ):
        marks.append(ws[j].lower)
        j += 1
    if j < end and ws[j].lower in ("of", "the") and marks and marks[-1] in ("both", "all", "each", "either"):
        k = j + 1 if ws[j].lower == "of" else j
        while k < end and ws[k].lower in ("the", "two", "warring", "opposing"):
            k += 1
        if k < end and ws[k].lemma in COLLECTIVE_HEADS:
            j = k
    while (
        j < end
        and j > i
        and ws[j].lower
        in among("armed military political neighbouring neighboring former hostile contending")
    ):
        j += 1
    if j >= end or ws[j].lemma not in COLLECTIVE_HEADS:
        return None
    head = ws[j]
    plural = head.lower.endswith("s") or head.lower == "undersigned"
    single = bool({"each", "either", "neither", "every"} & set(marks))
    if not plural and not single:
        return None
    definite = ws[i].lower in ("the", "these")
    if (
        not marks
        and head.lemma
        not in among("party side signatory signatories belligerent belligerents undersigned power")
    ) or (not marks and head.lemma == "power" and not head.capital):
        return None
    if not marks and not definite and not head.capital:
        return None
    if (
        marks
        and set(marks) <= {"all", "three", "four", "every", "high", "joint"}
        and head.lemma
        not in among("party side signatory faction belligerent government country state delegation combatant")
    ):
        return None
    if head.lemma in among("army force general military commander chief command") and not marks:
        return None
    last = j + 1
    if (last < end and ws[last].text == "'") or (last < end and ws[last].text == "'s"):
        last += 1
    if last + 1 < end and ws[last].lower == "of":
        k = last + 1
        while k < end and ws[k].lower in among("the this that an a each") and k - last < 3:
            k += 1
        ahead = {w.lemma for w in ws[k : min(k + 5, end)]}
        if head.lemma == "side" and ahead & PLACES_AFTER_OF:
            return None
    if last + 2 < end and ws[last].lower == "to" and ws[last + 1].lower in ("the", "this"):
        last += 3
    kind = head.lemma
    forces = kind in ("army", "force", "military")
    return Mention(i, last, "collective", name=" ".join(w.text for w in ws[i:last]), head=kind, forces=forces)


def name_run(ws: list[Word], i: int, end: int) -> int:
    """Index past the proper name that begins at `i`, or `i`."""
    j = i
    heads = False
    while j < end:
        word = ws[j]
        if is_name_part(word):
            heads = heads or word.lemma in ORGANISATIONS or word.lower in ORGANISATIONS
            j += 1
        elif (
            (
                j > i
                and word.text == "'s"
                and j + 1 < end
                and ws[j + 1].capital
                and ws[j - 1].lower in ("people", "women", "workers", "farmers")
            )
            or (j > i and word.lower in PARTICLES and j + 1 < end and is_name_part(ws[j + 1]))
            or (
                j > i
                and j + 1 < end
                and ws[j + 1].capital
                and ws[j + 1].lemma in ORGANISATIONS
                and (
                    (word.text == "'" and ws[j - 1].lower.endswith("s"))
                    or (word.text == "'s" and ws[j - 1].lower.endswith(("men", "people", "folk", "kin")))
                )
                and territory_at(ws, j - 1) is None
            )
            or (j > i and word.text == "&" and j + 1 < end and ws[j + 1].capital)
        ):
            j += 1
        elif (
            j > i
            and not heads
            and word.lower == "of"
            and j + 1 < end
            and i > 0
            and ws[i - 1].lower in ("the", "a", "an")
            and _names_of(ws, i, j, end)
        ):
            j += 1 + (ws[j + 1].lower == "the")
        elif j > i and heads and word.lower in ("of", "for") and j + 1 < end:
            k = j + 1
            if ws[k].lower == "the" and k + 1 < end:
                k += 1
            if not is_name_part(ws[k]) or ws[k].lower in _NO_PART:
                break
            j = k
        elif word.text == ")" and j == i + 1 and "(" in ws[i].text and ws[i].text[:1].isupper():
            j += 1  # "CPN(M)", cut into two by the tokeniser
        elif j > i and word.text == "/" and j + 1 < end and is_name_part(ws[j + 1]):
            j += 1
        elif (
            j > i
            and heads
            and word.lower in ("in", "to", "for")
            and j + 1 < end
            and (place := territory_at(ws, j + 1)) is not None
            and place[1] < end
            and ws[place[1]].text == "("
        ):
            j = place[1]
        elif (
            j > i
            and heads
            and word.text == "("
            and j + 2 < end
            and ws[j + 2].text == ")"
            and ws[j + 1].text.isalpha()
            and ws[j + 1].text[1:].islower()
            and ws[j + 1].lower.endswith(("ist", "ists", "ite", "ites"))
        ):
            j += 3
        elif (
            (
                j > i
                and heads
                and word.lower == "in"
                and j + 1 < end
                and ws[j + 1].text in ("Opposition", "Exile")
            )
            or (
                j > i
                and heads
                and word.lower == "and"
                and j + 2 < end
                and is_name_part(ws[j + 1])
                and ws[j + 1].lemma not in ORGANISATIONS
                and _titled_list(ws, j)
                and territory_at(ws, j + 1) is None
                and territory_at(ws, j - 1) is None
                and not plain_proper(ws, j)
            )
            or (
                j > i
                and heads
                and word.lower == "and"
                and j + 1 < end
                and ws[j + 1].lower in ("co-operation", "cooperation")
            )
        ):
            j += 1
        else:
            break
    return j


def _names_of(ws: list[Word], i: int, j: int, end: int) -> bool:
    """Whether "Hanse of Nine Cities" is one name: no title, no land, no word of every official text."""
    k = j + 1 + (j + 2 < end and ws[j + 1].lower == "the")
    if not is_name_part(ws[k]) or ws[k].lower in _NO_PART or PLAIN_CAPITALS & {ws[k].lower, ws[k].lemma}:
        return False
    if all({w.lower, w.lemma} & PLAIN_CAPITALS for w in ws[i:j]):
        return False
    return not any(
        {w.lower, w.lemma} & (TITLES | NOT_ACTORS) or territory_at(ws, n) is not None
        for n, w in enumerate(ws[i:j], start=i)
    )


_NO_PART = words("phrases", "no_part")


def _titled_list(ws: list[Word], j: int) -> bool:
    """Whether a name goes on past this "and": "Monitoring and Verification Mechanism"."""
    return ws[j + 1].lemma in among(
        "verification transitional monitoring development security reconciliation "
        "implementation coordination disarmament reintegration justice equality independence "
        "unity"
    )


def plain_proper(ws: list[Word], j: int) -> bool:
    """Whether the words up to `j` end in an organisation's head, so that the name is complete there."""
    return ws[j - 1].lemma in ORGANISATIONS


def is_state_phrase(ws: list[Word], first: int, last: int) -> bool:
    """Whether these words after a demonym only name an organ of the state ("Armed Forces")."""
    if first >= last:
        return False
    tail = ws[last - 1]
    if tail.lemma not in ORGANS | FORCES and tail.lower not in among(
        "ministry staff side party republic delegation federation people kingdom"
    ):
        return False
    if any(w.lower == "national" for w in ws[first:last]):
        return False
    return all(
        w.lower in STATE_WORDS
        or w.lemma in ORGANS | FORCES
        or (
            w.lower in ADJECTIVES
            and w.lower not in GROUPS
            and w.lower not in ("opposition", "rebel", "popular")
        )
        for w in ws[first : last - 1]
    )


def actor_phrase(ws: list[Word], i: int, end: int) -> tuple[int, str, str] | None:
    """An actor phrase of common words from `i` on: (index past it, core, head lemma).

    The core is what tells one actor from another: "opposition" for "opposition forces".
    """
    j = i
    while j < end and ws[j].lower in DETERMINERS and j - i < 3:
        j += 1
    begin = j
    core: str | None = None
    qualifiers: list[str] = []
    while j < end and j - begin < 5:
        word = ws[j]
        backed = "-" in word.lower and word.lower.rsplit("-", 1)[-1] in among(
            "backed led supported aligned government linked controlled held state sponsored"
        )
        nxt = ws[j + 1] if j + 1 < end else None
        more = nxt is not None and (
            nxt.lemma in HEADS | TAILS | WATCHERS
            or nxt.lower in ADJECTIVES
            or (nxt.lower in ("and", "or") and False)
        )
        if word.lemma in GROUPS or word.lemma in ORGANS:
            if core is None and not _names_somebody(ws, j, end):
                return None
            if core is None:
                core = word.lemma
            elif word.lemma in GROUPS and core in ADJECTIVES and word.lemma not in TAILS - {"fighter"}:
                core = f"{core} {word.lemma}"
            elif word.lemma in GROUPS and core in ADJECTIVES and core not in GROUPS:
                core = word.lemma
            if more and nxt is not None and (nxt.lemma in TAILS or nxt.lemma in HEADS):
                j += 1
                continue
            j += 1
            break
        if word.lemma in TAILS | FORCES | WATCHERS and (core or qualifiers or begin != i):
            if more and nxt is not None and nxt.lemma in TAILS:
                j += 1
                continue
            if core is None and not qualifiers and word.lemma not in FORCES | WATCHERS:
                return None
            j += 1
            head = word.lemma
            named = core or " ".join([*qualifiers, head])
            return j, named, head
        if (word.lower in ADJECTIVES or backed) and more:
            if word.lower not in ("remaining", "armed") or (
                nxt is not None and nxt.lemma in ("group", "faction", "formation", "movement")
            ):
                qualifiers.append(word.lower)
            j += 1
            continue
        break
    if core is None:
        return None
    head = ws[j - 1].lemma
    if (
        head == core
        and qualifiers
        and core
        in among("fighter militant group faction militia combatant paramilitary insurgent rebel mercenary")
    ):
        keep = [q for q in qualifiers if q not in ("armed", "remaining", "local")]
        core = " ".join([*keep, core])
    return j, core, head


_THINGS = words("phrases", "things")


def _names_somebody(ws: list[Word], j: int, end: int) -> bool:
    """Whether "military", "extremist", "state" at `j` is an actor and no mere adjective."""
    word = ws[j]
    nxt = ws[j + 1] if j + 1 < end else None
    if nxt is not None and nxt.lemma in TAILS | HEADS | WATCHERS and nxt.lemma not in ("official",):
        return nxt.lemma not in ("personnel", "police") or word.lemma in ("government", "opposition")
    if nxt is not None and nxt.lemma in _THINGS:
        return False
    if word.lower in among(
        "military state command authority defence defense leadership cabinet administration regime"
    ):
        return word.lower in ("military", "regime") and j > 0 and ws[j - 1].lower == "the"
    if word.lower.endswith("s") or word.lower in ("opposition", "government", "militia", "army"):
        return (
            word.lemma not in ("state", "command", "army")
            or (j > 0 and ws[j - 1].lower in DETERMINERS and not word.lower.endswith("ies"))
            or word.lower == "armies"
        )
    return (
        j > 0
        and ws[j - 1].lower in among("the a no every any")
        and (nxt is None or not nxt.text.isalpha() or nxt.lower in _AFTER_ACTOR)
    )


_AFTER_ACTOR = words("phrases", "after_actor")


def body_at(ws: list[Word], i: int, end: int) -> tuple[str, int] | None:
    """An international body's name: (its name, index past it)."""
    if not ws[i].capital:
        return None
    for length in range(min(10, end - i), 0, -1):
        joined = " ".join(w.text for w in ws[i : i + length])
        found = BODIES.get(fold(joined))
        if found is not None and (
            ws[i].capital
            and (length > 1 or joined.isupper() or "." in joined or joined == "Secretary-General")
        ):
            return found, i + length
    return None


def territory_named(words: str) -> str | None:
    """The code of a territory by its name."""
    found = by_name().get(fold(words))
    return found.code if found else None


def territory_name(code: str) -> str:
    """The English name of a territory."""
    return next(t.name for t in territories() if t.code == code)
