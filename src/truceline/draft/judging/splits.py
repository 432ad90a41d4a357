"""Where one clause of the parse holds several provisions: "A leaves by 1 May and B by 10 May".

Every comma, semicolon, "and" and the like inside a clause may be the seam between two provisions; a logistic
regression, learnt from where annotated provisions begin (``splits.npz``), says how probably it is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from truceline.draft.clause import Clause
from truceline.draft.judging.in_use import InUse
from truceline.draft.judging.logistic import Weights, weights_from
from truceline.draft.judging.vectors import family
from truceline.draft.lexicon.load import among
from truceline.draft.parties.mentions import Mention
from truceline.draft.text.document import Text, Word

SPLITS: InUse[Weights] = InUse("splits.npz", weights_from)
LIKELY = 0.35  # chosen by cross-validation

_SEAMS = among(", ; : and or nor but while whereas - -- then")
_FINITE = among("VB VBP VBZ VBD MD")
_MODALS = among("shall will must would may can should")
_MONTHS = among(
    "january february march april may june july august september october november december "
    "day days week weeks month months hours monday tuesday wednesday thursday friday saturday sunday"
)
_UNITS = among(
    "km kilometres kilometers kilometre miles metres meters mm men soldiers tanks guns per percent hours"
)


@dataclass(frozen=True, slots=True)
class Seam:
    """A place in a clause: what comes before word `before` may be one provision, what begins at `after`
    another; and what is told of it."""

    before: int
    after: int
    told: tuple[str, ...]


def seams(clause: Clause, text: Text, mentions: Sequence[Mention], others: Sequence[Clause]) -> list[Seam]:
    """The seams of a clause, in reading order; `mentions` are those of parties and persons in its sentence,
    `others` the clauses of it."""
    ws = text.words
    found: list[tuple[int, int]] = []
    if text.blocks[clause.sentence.block].rank == "row":
        return []  # the rows of tables are read by `truceline.draft.rows`
    i = clause.first + 1
    while i < clause.last - 1:
        if ws[i].lower not in _SEAMS:
            i += 1
            continue
        end = i
        while end < clause.last - 1 and ws[end].lower in _SEAMS:
            end += 1
        found.append((i, end))
        i = end
    edges = [clause.first, *(a for _, a in found)]
    ends = [*(b for b, _ in found), clause.last]
    out = []
    for n, (before, after) in enumerate(found):
        left, right = (edges[n], before), (after, ends[n + 1])
        told = (
            *_told(clause, text, mentions, left, right, before, after),
            *_shape(clause, text, mentions, left, right, " ".join(w.lower for w in ws[before:after])),
            f"another begins {_another(clause, others, before, after)}",
        )
        out.append(Seam(before, after, told))
    return out


def split(clause: Clause, text: Text, mentions: Sequence[Mention], others: Sequence[Clause]) -> list[Clause]:
    """The clause, or its parts where seams divide provisions; a part that is another clause is left to it."""
    weights = SPLITS.get()
    cuts = [
        s
        for s in seams(clause, text, mentions, others)
        if weights.chance(s.told) >= LIKELY and not _counts_on(text, s, clause.last)
    ]
    if not cuts:
        return [clause]
    edges = [clause.first, *(s.after for s in cuts)]
    ends = [*(s.before for s in cuts), clause.last]
    taken = {s.after for s in cuts if _another(clause, others, s.before, s.after)}
    return [_part(clause, text, a, b, mentions) for a, b in zip(edges, ends, strict=True) if a not in taken]


def _counts_on(text: Text, seam: Seam, last: int) -> bool:
    """ "No more than 2,500 men and 20 tanks": the rule of ceilings reads both numbers together."""
    ws = text.words
    after = ws[seam.after : min(seam.after + 3, last)]
    return (
        len(after) > 1
        and after[0].tag == "CD"
        and after[1].tag in ("NN", "NNS", "JJ")
        and after[1].lower not in _UNITS - _COUNTABLE
        and after[1].lower not in _MONTHS
        and not any(w.tag[:2] in ("VB", "MD") for w in after)
        and any(w.lower in _LIMITS for w in ws[max(0, seam.before - 8) : seam.before])
    )


_COUNTABLE = among("men soldiers tanks guns")
_LIMITS = among("than most to maximum exceed limit limited ceiling keep")


def _another(clause: Clause, others: Sequence[Clause], before: int, after: int) -> bool:
    """Whether another clause of the sentence begins at a seam."""
    return any(other is not clause and before <= other.first <= after + 1 for other in others)


def _part(clause: Clause, text: Text, first: int, last: int, mentions: Sequence[Mention]) -> Clause:
    """The part of a clause from word `first` to `last`: with its own verb and subject where it has them, else
    with those of the whole."""
    if first == clause.first and clause.verb < last:
        return replace(clause, last=last)
    ws = text.words
    own = ws[first:last]
    modal = next((w for w in own if w.lower in _MODALS and w.tag in ("MD", "AUX")), None)
    verb = clause.verb if first <= clause.verb < last else _verb_of(own, modal)
    subject = clause.subject
    leads = [m for m in mentions if first <= m.first <= first + 1 and m.last < last]
    if leads and (verb is None or leads[0].last <= verb):
        subject = (leads[0].first, leads[0].last)
    if verb is None:
        return replace(
            clause, first=first, head=first, last=last, subject=subject, marker="part", shared=True
        )
    word = ws[verb]
    modality = (
        modal.lower if modal is not None
        else "present" if word.tag in ("VBZ", "VBP") and verb != clause.verb and subject != clause.subject
        else clause.modality
    )  # fmt: skip
    passive = clause.passive if verb == clause.verb else text.child(verb, "aux:pass") is not None
    return replace(
        clause, first=first, head=max(first, min(clause.head, verb)) if verb == clause.verb else first,
        verb=verb, last=last, modality=modality, passive=passive, subject=subject, marker="part", shared=True,
        commit=clause.commit if clause.commit is not None and first <= clause.commit < last else None,
    )  # fmt: skip


def _verb_of(own: Sequence[Word], modal: Word | None) -> int | None:
    finite = [w for w in own if w.tag in _FINITE and w is not modal and w.lower not in _MODALS]
    if modal is not None:
        finite = [w for w in finite if w.i > modal.i] or [w for w in own if w.i > modal.i][-1:]
    return finite[0].i if finite else None


def _told(
    clause: Clause,
    text: Text,
    mentions: Sequence[Mention],
    left: tuple[int, int],
    right: tuple[int, int],
    before: int,
    after: int,
) -> Iterator[str]:
    ws = text.words
    seam = " ".join(w.lower for w in ws[before:after])
    yield f"seam {seam}"
    yield f"mood {clause.modality}"
    yield f"seam {seam} mood {clause.modality}"
    first, nxt = ws[after], ws[min(after + 1, len(ws) - 1)]
    yield f"tag {first.tag}"
    yield f"seam {seam} tag {first.tag}"
    yield f"tags {first.tag} {nxt.tag}"
    yield f"word {first.lower}"
    yield f"dep {first.dep}"
    head = ws[first.head].i if 0 <= first.head < len(ws) else after
    yield f"up {'left' if head < before else 'own' if head < right[1] else 'beyond'} {first.dep}"
    tops = {ws[n].dep for n in range(*right) if not right[0] <= ws[n].head < right[1]}
    for dep in tops:
        yield f"top {dep}"
        yield f"top {dep} seam {seam}"
    roots = [n for n in range(*right) if not right[0] <= ws[n].head < right[1]]
    yield f"top verb {any(ws[n].tag[:2] in ('VB', 'MD') for n in roots)} {seam}"
    yield f"to verb {any(ws[n].head == clause.verb for n in roots)} {seam}"
    sides = (_traits(ws, left, mentions), _traits(ws, right, mentions))
    for name, (mine, theirs) in ((k, (sides[0][k], sides[1][k])) for k in sides[0]):
        yield f"{name} {mine} {theirs}"
        yield f"{name} {mine} {theirs} {seam}"
    keys = [k for k in sides[1] if sides[1][k]]
    for n, one in enumerate(keys):
        for other in keys[n + 1 :]:
            yield f"right {one} {other}"
    length = right[1] - right[0]
    yield f"length {min(length // 3, 5)}"
    yield f"left length {min((left[1] - left[0]) // 3, 5)}"
    yield f"last {right[1] == clause.last}"
    yield f"verb {'before' if clause.verb < before else 'after'} {seam}"
    opens = [m for m in mentions if after <= m.first <= after + 1]
    yield f"opens {opens[0].kind if opens else 'none'}"
    yield f"opens {opens[0].kind if opens else 'none'} {seam}"


def _shape(
    clause: Clause,
    text: Text,
    mentions: Sequence[Mention],
    left: tuple[int, int],
    right: tuple[int, int],
    seam: str,
) -> list[str]:
    """How the words after a seam begin, what they have of their own, whether both sides are built alike."""
    ws = text.words
    told: list[str] = []
    tags = [ws[n].tag[:2] for n in range(right[0], min(right[0] + 4, right[1]))]
    told.append(f"shape {' '.join(tags[:3])}")
    told.append(f"shape {' '.join(tags[:2])} {seam}")
    told.append(f"shape {' '.join(tags)}")
    told.append(f"end {ws[left[1] - 1].tag} {tags[0] if tags else ''}")
    verb = next((ws[n] for n in range(*right) if ws[n].tag[:2] == "VB"), None)
    told.append(f"own verb {verb.lemma if verb else 'none'}")
    if verb is not None:
        told.append(f"own verb ~{family(verb.lower)}")
        told.append(f"own verb {verb.tag} {verb.dep} {seam}")
        told.append(f"verbs ~{family(ws[clause.verb].lower)} ~{family(verb.lower)}")
        told.append(f"same tag {verb.tag == ws[clause.verb].tag} at {min(verb.i - right[0], 3)} {seam}")
        told.append(
            f"object {any(ws[c].dep in ('obj', 'nsubj', 'obl') for c in text.children[verb.i])} {seam}"
        )
    told.append(f"head verb ~{family(ws[clause.verb].lower)}")
    noun = next((ws[n] for n in range(*right) if ws[n].tag[:2] == "NN"), None)
    if noun is not None:
        told.append(f"noun ~{family(noun.lower)}")
        told.append(f"noun ~{family(noun.lower)} {verb is not None}")
    counts = []
    for name, test in _COUNTED:
        two = [min(2, sum(test(ws[n]) for n in range(*side))) for side in (left, right)]
        counts.append(two)
        told.append(f"{name} {two[0]} {two[1]}")
        told.append(f"{name} {two[0]} {two[1]} verb {verb is not None}")
    who = [
        min(2, sum(side[0] <= m.first < side[1] and m.kind in ("party", "collective") for m in mentions))
        for side in (left, right)
    ]
    told.append(f"who {who[0]} {who[1]} numbers {counts[0][0]} {counts[0][1]}")
    told.append(f"who {who[0]} {who[1]} verb {verb is not None} {seam}")
    inside = [ws[n].lower for n in range(clause.first, clause.last)]
    told.append(f"seams {min(4, sum(w in _SEAMS for w in inside))} {seam}")
    block = text.blocks[clause.sentence.block]
    told.append(f"item {block.rank is not None or block.lead is not None} {seam}")
    told.append(f"colon {':' in inside} {seam}")
    return told


_COUNTED: tuple[tuple[str, Callable[[Word], bool]], ...] = (
    ("numbers", lambda w: w.tag == "CD"),
    ("units", lambda w: w.lower in _UNITS),
    ("to", lambda w: w.lower in ("to", "into", "from", "behind", "out", "off")),
    ("names", lambda w: w.tag in ("NNP", "NNPS")),
)


def _traits(ws: list[Word], span: tuple[int, int], mentions: Sequence[Mention]) -> dict[str, bool]:
    own = ws[slice(*span)]
    inside = [m for m in mentions if span[0] <= m.first < span[1]]
    return {
        "date": any(w.lower in _MONTHS for w in own),
        "number": any(w.tag == "CD" for w in own),
        "finite": any(w.tag in _FINITE for w in own),
        "modal": any(w.lower in _MODALS for w in own),
        "verb": any(w.tag.startswith("VB") for w in own),
        "by": any(w.lower in ("by", "within", "until", "from") for w in own),
        "party": any(
            span[0] <= m.first < span[1] and m.kind in ("party", "collective", "pronoun", "person")
            for m in mentions
        ),
        "place": any(m.kind == "place" for m in inside),
        "name": any(w.tag in ("NNP", "NNPS") for w in own),
        "noun": any(w.tag in ("NN", "NNS") for w in own),
    }
