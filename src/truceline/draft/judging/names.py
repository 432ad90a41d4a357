"""Which names of a text are parties, towns or papers: what stands beside them, over the whole text, tells.

A logistic regression, learnt from the parties of annotated texts (``names.npz``); what the rules of
`truceline.draft.parties.evidence` see is one thing told among others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from truceline.draft.judging.in_use import InUse
from truceline.draft.judging.logistic import Weights, weights_from
from truceline.draft.judging.vectors import family
from truceline.draft.lexicon.load import among, words
from truceline.draft.parties.mentions import FORCES, GROUPS, ORGANISATIONS, ORGANS, WATCHERS
from truceline.draft.parties.people import title_run
from truceline.draft.text.document import Sentence, Text

NAMES: InUse[Weights] = InUse("names.npz", weights_from)

PARTY = 0.5  # a name at least this probable is a party; chosen by cross-validation
NOBODY = 0.05  # one at most this probable is none, whatever the rules see

_LOCATIVE = words("recognise", "locative")
_BESIDE = among(
    "the a an and or of to by with from in at on between against for , ( ) ' 's shall will must is are has "
    "had said agreed their its all both that who which ^ $ army forces troops side party"
)
_CLASSES = (
    ("organs", ORGANS), ("forces", FORCES), ("groups", GROUPS), ("watchers", WATCHERS),
    ("locative", _LOCATIVE), ("after places", words("recognise", "place_after")),
    ("before places", words("recognise", "place_before")), ("agree", words("recognise", "agree_verbs")),
    ("says", words("speech", "neutral")),
)  # fmt: skip

Occurrence = tuple[Sentence, int, int, bool]


def told_of_name(text: Text, found: Sequence[Occurrence]) -> tuple[str, ...]:
    """What is told of a name: of its words, and of the places where it stands: the sentence, the words from
    and to, and whether the rules see a party there."""
    ws = text.words
    _, first, last, _ = found[0]
    own = ws[first:last]
    out = [f"words {min(last - first, 4)}", f"times {min(len(found), 4)}"]
    out.append(f"ruled {min(sum(seen for *_, seen in found), 3)}")
    out.append(f"ruled {any(seen for *_, seen in found)} words {min(last - first, 3)}")
    acronym = last == first + 1 and own[0].text.isupper() and len(own[0].text) > 1
    out.append(f"acronym {acronym}")
    organised = any(w.lemma in ORGANISATIONS or w.lower in ORGANISATIONS for w in own)
    out.append(f"organised {organised} words {min(last - first, 3)}")
    out.append(f"ends {own[-1].lower}")
    out.append(f"ends ~{family(own[-1].lower)}")
    for word in own:
        out.append(f"word {word.lower}")
        out.append(f"~{family(word.lower)}")
        out += [f"-{word.lower[-size:]}" for size in (2, 3, 4)]
    sums: Counter[str] = Counter(name for one in found for name in set(_beside(text, *one[:3])))
    for name, count in sums.items():
        out.append(name)
        if count > 1:
            out.append(f"{name} again")
        if 2 * count > len(found):
            out.append(f"{name} mostly")
    return tuple(out)


def _beside(text: Text, sentence: Sentence, first: int, last: int) -> Iterator[str]:
    ws = text.words
    start = first - (first > sentence.first and ws[first - 1].lower == "the")
    yield f"the {start < first}"
    before = ws[start - 1] if start > sentence.first else None
    after = ws[last] if last < sentence.last else None
    for side, word in (("before", before), ("after", after)):
        lower = word.lower if word is not None else "^"
        yield f"{side} {lower if lower in _BESIDE else word.tag if word is not None else '^'}"
        for name, members in _CLASSES:
            if word is not None and (word.lemma in members or lower in members):
                yield f"{side} {name}"
    inside = range(first, last)
    head = next((i for i in inside if ws[i].head not in inside or ws[i].head == i), last - 1)
    dep, governor = ws[head].dep, ws[ws[head].head]
    yield f"dep {dep}"
    yield f"dep {dep} {governor.tag[:2]}"
    yield f"dep {dep} ~{family(governor.lower)}"
    yield f"dep {dep} {governor.lemma}"
    case = next((ws[c].lower for c in text.children[head] if ws[c].dep == "case"), "")
    yield f"dep {dep} case {case}"
    if (
        title_run(ws, last, sentence.last) > last
        or title_run(ws, max(sentence.first, first - 1), last) > first
    ):
        yield "title"
    if text.blocks[sentence.block].heading:
        yield "heading"
    if after is not None and after.text == "(":
        yield "bracket"
