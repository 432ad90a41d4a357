"""What the judge is told of a clause: what the parse, the word lists and the rules say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from truceline.draft.clause import SPEECH, Clause
from truceline.draft.judging.around import above, around, worded
from truceline.draft.judging.vectors import Vector, mean
from truceline.draft.lexicon.load import among, word_list, words
from truceline.draft.text.document import Text
from truceline.draft.things import pattern

_ACTS = {
    name: words("frames", name)
    for name in (
        "withdraw",
        "cease",
        "establish",
        "open",
        "monitor",
        "list_making",
        "attack",
        "asking",
        "binding",
    )
}
_PREPOSITIONS = among(
    "by from to in on within between along for with under against at after over until without of"
)
_CUES = {
    "zone": r"\bzones?\b|\bbelt\b|\bstrip\b|\bbuffer\b|\bcorridors?\b|demilitari[sz]ed|\barea of\b",
    "road": r"\broads?\b|\broutes?\b|\bhighways?\b|\brail\w*|\bbridges?\b|\bcrossings?\b|\btraffic\b|"
    r"\bferr(?:y|ies)\b|\bchannel\b|\bcheckpoints?\b",
    "patrol": r"\bpatrol\w*",
    "watch": r"\bmonitor\w*|\bobserv\w+|\bverif\w+|\binspect\w*|\boversee\w*|\bsupervis\w*|\breports?\b|"
    r"\bcommission\b|\bcommittee\b",
    "fire": r"\bfire\b|\bfiring\b|\bhostilit\w+|\bcease-?fire\b|\btruce\b|\bshoot\w*|\bfighting\b|"
    r"\battack\w*",
    "limit": r"\bno more than\b|\bnot more than\b|\bat most\b|\bup to\b|\bmaximum\b|\bexceed\w*|"
    r"\bceiling\b|\blimit\w*",
    "list": r"\blists?\b|\bdesignat\w+|\bwhich groups\b",
    "people": r"\bprisoners?\b|\bdetainees?\b|\bcaptives\b|\brefugees?\b|\bdisplaced\b|\baid\b|"
    r"\bmines?\b|\bamnest\w+",
    "back": r"\bback\b|\baway\b|\bout of\b|\bbehind\b|\bbeyond\b",
    "if": r"\bif\b|\bprovided that\b|\bunless\b|\bonce\b",
    "principle": r"\bin principle\b|\bproposal\b|\bdraft\b",
    "past time": r"\b(?:last (?:year|month|week)|years? ago|earlier|previous\w*|in (?:19|20)\d\d)\b",
}
_CUE = {name: re.compile(expression, re.IGNORECASE) for name, expression in _CUES.items()}
_CLASSES = {name: words("classes", name) for name in word_list("classes")}
_CLASS_OF: dict[str, list[str]] = {}
for _name, _lemmas in _CLASSES.items():
    for _lemma in _lemmas:
        _CLASS_OF.setdefault(_lemma, []).append(_name)
_AWAY = re.compile(
    r"\b(?:out of|outside|behind|back(?: to| in| into)?|beyond|away|(?:west|east|north|south)\w* of|"
    r"clear of|home|no (?:nearer|closer)|at least|at a distance|off)\b",
    re.IGNORECASE,
)
_LIMITED = re.compile(
    r"\b(?:up to|at most|no more than|not more than|maximum|limit\w*|exceed\w*|ceilings?|capp?(?:ed)?|"
    r"or fewer|no larger|more than)\b",
    re.IGNORECASE,
)
_NUMERIC = (
    "shall", "will", "present", "past", "commit", "would", "quoted", "agreed", "failed", "articles", "asked",
    "long",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """What a text as a whole looks like, as numbers between 0 and 1."""

    values: dict[str, float]


def page_of(text: Text, clauses: list[Clause], agreed: int, failed: int) -> Page:
    """The shares of the moods of a text's clauses, and how often it says that something was agreed or not."""
    moods = Counter(c.modality for c in clauses)
    total = max(1, len(clauses))
    ws = text.words
    asked = sum(ws[c.verb].lemma in _ACTS["asking"] for c in clauses)
    ranked = sum(b.rank is not None for b in text.blocks)
    lines = max(1, len(text.sentences))
    return Page(
        {
            "shall": moods["shall"] / total,
            "will": moods["will"] / total,
            "present": moods["present"] / total,
            "past": moods["past"] / total,
            "commit": moods["commit"] / total,
            "would": (moods["would"] + moods["could"] + moods["should"]) / total,
            "quoted": sum(w.text == '"' for w in ws) / lines / 2,
            "agreed": min(1.0, agreed / lines * 3),
            "failed": min(1.0, failed / lines * 5),
            "articles": ranked / max(1, len(text.blocks)),
            "asked": min(1.0, asked / total * 5),
            "long": min(1.0, lines / 60),
        }
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What the rest of the reading knows of a clause."""

    kinds: tuple[str, ...]
    reason: str | None
    standing: str
    bound: bool
    who: str
    weapons: bool
    distance: bool
    count: bool
    dates: tuple[str, ...]
    ahead: bool
    behind: bool
    speaker: str


def named(clause: Clause, text: Text, told: Told) -> Iterator[str]:
    """Names of what holds of the clause."""
    ws = text.words
    verb = ws[clause.verb]
    own = text.raw(clause.first, clause.last)
    mood = clause.modality
    yield f"mood {mood}"
    yield f"tag {verb.tag}"
    yield f"dep {verb.dep.split(':')[0] if verb.dep != 'acl:relcl' else verb.dep}"
    yield f"mood {mood} {'not' if clause.negated else ''}"
    yield f"marker {clause.marker}"
    yield f"passive {clause.passive} {mood}"
    yield f"verb {verb.lemma}"
    for name, lemmas in _ACTS.items():
        if verb.lemma in lemmas:
            yield f"act {name}"
            yield f"act {name} {mood}"
    if verb.lemma in SPEECH:
        yield "says"
        yield f"says {mood}"
    if clause.perfect:
        yield f"perfect {mood}"
    yield from worded(clause, text)
    yield from around(clause, text)
    yield from above(clause, text)
    yield from _plays(clause, text, told)
    yield f"who {told.who}"
    yield f"who {told.who} {mood}"
    yield f"bound {told.bound} {mood}"
    yield f"speaker {told.speaker}"
    for kind in told.kinds:
        yield f"kind {kind}"
        yield f"kind {kind} {mood}"
        yield f"kind {kind} {clause.negated}"
    yield f"specific {told.kinds[:1] != ('other',)} {mood}"
    yield f"reason {told.reason}"
    yield f"standing {told.standing}"
    yield f"standing {told.standing} {mood}"
    for name in ("weapons", "distance", "count", "ahead", "behind"):
        if getattr(told, name):
            yield name
            yield f"{name} {mood}"
    for role in told.dates:
        yield f"date {role}"
        yield f"date {role} {mood}"
    if not told.dates:
        yield f"undated {mood}"
    for cue, expression in _CUE.items():
        if expression.search(own):
            yield f"cue {cue}"
    if pattern("forces").search(own):
        yield "cue forces"
    block = text.blocks[clause.sentence.block]
    yield f"rank {block.rank}"
    yield f"rank {block.rank} {mood}"
    if block.lead is not None:
        yield "led"
    if block.heading:
        yield "heading"
        yield f"heading {told.kinds[:1]} {bool(told.dates)}"
    sentence = text.raw(clause.sentence.first, clause.sentence.last)
    if sentence.rstrip('" ').endswith("?"):
        yield "question"
    if sentence.rstrip(" -").endswith(":"):
        yield "colon"
    if '"' in text.raw(clause.sentence.first, clause.first + 1):
        yield "in quotes"
        yield f"in quotes {mood}"
    if _CUE["if"].search(sentence):
        yield f"if near {mood}"
    if _CUE["principle"].search(sentence):
        yield "principle near"
    length = clause.last - clause.first
    yield f"length {min(5, length // 6)}"
    for n in range(clause.first, clause.last):
        word = ws[n]
        if word.tag[:1] in "NJ" or word.tag.startswith("VB"):
            yield f"has {word.lemma}"
    subject = ws[clause.subject[0] : clause.subject[1]] if clause.subject else []
    for word in subject[:2]:
        if word.tag in ("DT", "PRP", "PRP$", "CC"):
            yield f"subject {word.lower}"
    for word in subject:
        if word.tag[:1] == "N" and not word.capital:
            yield f"subject {word.lemma}"
    for child in text.children[clause.verb]:
        word = ws[child]
        yield f"child {word.dep}"
        if word.dep == "obj":
            yield f"object {word.lemma}"
        if word.dep.startswith("obl"):
            for c in text.children[child]:
                if ws[c].dep == "case" and ws[c].lower in _PREPOSITIONS:
                    yield f"obl {ws[c].lower}"
        if word.dep == "advmod" and word.lemma in among(
            "not never already still yet once again also then now immediately only"
        ):
            yield f"adverb {word.lemma}"
        if word.dep == "compound:prt":
            yield f"particle {word.lemma} {verb.lemma}"


def _roles(clause: Clause, text: Text) -> dict[str, list[int]]:
    """The head words of what acts, what is acted on, and what stands beside the verb after a preposition."""
    ws = text.words
    roles: dict[str, list[int]] = {"doer": [], "patient": [], "beside": [], "is": []}
    if clause.subject is not None:
        first, last = clause.subject
        head = next(
            (n for n in range(first, last) if not first <= ws[n].head < last or ws[n].head == n), first
        )
        roles["patient" if clause.passive else "doer"].append(head)
    verb = clause.verb
    if not ws[verb].tag.startswith("VB"):
        roles["is"].append(verb)
    for child in text.children[verb]:
        dep = ws[child].dep
        if dep in ("obj", "iobj"):
            roles["patient"].append(child)
        elif dep.startswith("obl"):
            agent = any(ws[c].lower == "by" and ws[c].dep == "case" for c in text.children[child])
            roles["doer" if agent and clause.passive else "beside"].append(child)
        elif dep in ("xcomp", "nsubj") and child > verb:
            roles["patient"].append(child)
            roles["patient"] += [c for c in text.children[child] if ws[c].dep == "obj"]
    for name in ("doer", "patient", "is"):
        for head in list(roles[name]):
            roles[name] += [c for c in text.children[head] if ws[c].dep == "conj"]
            if ws[head].lemma in among(
                "number withdrawal use number part kind movement pair member deployment"
            ):
                roles[name] += [c for c in text.children[head] if ws[c].dep == "nmod"]
    return roles


def classes_of(word: str) -> list[str]:
    """The classes of a noun's lemma; of a compound that is not listed, those of its last part."""
    return _CLASS_OF.get(word) or _CLASS_OF.get(word.rsplit("-", 1)[-1]) or []


def _plays(clause: Clause, text: Text, told: Told) -> Iterator[str]:
    """Which classes of things play which parts, alone and together."""
    ws = text.words
    verb = ws[clause.verb].lemma
    own = text.raw(clause.first, clause.last)
    acts = [name for name, lemmas in _ACTS.items() if verb in lemmas] or ["none"]
    subject = ws[clause.subject[0] : clause.subject[1]] if clause.subject else []
    denied = (
        clause.negated
        or any(w.lower in among("no neither none nobody nothing") for w in subject[:2])
        or any(
            ws[c].lower == "no"
            for o in text.children[clause.verb]
            if ws[o].dep == "obj"
            for c in text.children[o]
        )
    )
    denied = denied or (ws[clause.first].lower in ("no", "neither"))
    roles = _roles(clause, text)
    found: dict[str, set[str]] = {}
    for role, heads in roles.items():
        found[role] = {name for head in heads for name in classes_of(ws[head].lemma)} or (
            {"unknown"} if heads else {"nobody"}
        )
        for name in found[role]:
            yield f"{role}={name}"
            yield f"{role}={name} denied={denied}"
            for act in acts:
                yield f"{role}={name} act={act}"
    for doer in found["doer"]:
        for patient in found["patient"]:
            yield f"doer={doer} patient={patient}"
    away, limited = bool(_AWAY.search(own)), bool(_LIMITED.search(own))
    for name in found["doer"] | found["patient"] | found["is"]:
        yield f"theme={name}"
        yield f"theme={name} denied={denied}"
        if away:
            yield f"theme={name} away"
            yield f"theme={name} away denied={denied}"
        if told.count and (
            limited or clause.modality in ("may", "can") or verb in among("keep have hold remain retain")
        ):
            yield f"theme={name} limited"
        if told.distance:
            yield f"theme={name} distance"
    if denied:
        yield "denied"
    if clause.modality == "ban" or re.search(r"\bban on\b|\bprohibit\w+|\bforbid\w*", own):
        yield "denied"
        yield "banned"
    if told.count and limited:
        yield "limited"
    for n in range(clause.first, clause.last):
        if ws[n].tag[:1] == "N":
            for name in classes_of(ws[n].lemma):
                yield f"class {name}"
                yield f"class {name} act={acts[0]}"


def dense(clause: Clause, text: Text, page: Page) -> Vector:
    """Vectors of the verb, of what stands above it, of the nouns, the subject and the objects, and the page's
    numbers, alone and with the mood."""
    ws = text.words
    verb = ws[clause.verb]
    governor = ws[verb.head].lower if 0 <= verb.head != clause.verb else ""
    nouns = [w.lower for w in ws[clause.first : clause.last] if w.tag[:1] == "N" or w.tag == "JJ"]
    subject = [
        w.lower
        for w in (ws[clause.subject[0] : clause.subject[1]] if clause.subject else [])
        if w.tag[:1] in "NP"
    ]
    objects = [ws[c].lower for c in text.children[clause.verb] if ws[c].dep in ("obj", "xcomp", "nsubj:pass")]
    numbers = [page.values[name] for name in _NUMERIC]
    moods = [float(clause.modality == m) for m in ("present", "will", "would", "commit", "past", "must")]
    crossed = [a * b for a in moods for b in numbers]
    return np.concatenate(
        [
            mean([verb.lower, verb.lemma]), mean([governor]), mean(nouns), mean(subject), mean(objects),
            np.array([*numbers, *crossed], dtype=np.float32),
        ]
    )  # fmt: skip
