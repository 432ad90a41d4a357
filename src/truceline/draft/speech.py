"""Who says what: attributions in a sentence, and what was said that obliges nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass

from truceline.draft.bound import Resolver
from truceline.draft.clause import SPEECH
from truceline.draft.lexicon.load import among, expression, words
from truceline.draft.parties.mentions import Mention
from truceline.draft.text.document import Sentence, Text

_CLASSES = ("supports", "welcomes", "rejects", "criticises", "demands", "claims", "conditional")
_STANCES = {lemma: stance for stance in _CLASSES for lemma in words("speech", stance)}
_FIRST_PERSON = frozenset(["i", "we"])
_WELCOMES = among("hail praise applaud laud")
_NOT_VERB_AFTER = words("speakers", "not_verb_after")
_DOUBLE = words("speakers", "double")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A verb of saying at word `verb`, whose `name` and party `key` speak; `first`/`last` bound what is
    said."""

    verb: int
    name: str
    key: str | None
    stance: str
    first: int
    last: int
    person: bool


def attributions(
    text: Text,
    sentence: Sentence,
    resolver: Resolver,
    author: tuple[str, str | None] | None,
) -> list[Attribution]:
    """The attributions of a sentence in order. `author` speaks where the text says "I" or "we"."""
    ws = text.words
    found: list[tuple[int, str, str | None, str, bool]] = []
    for i in range(sentence.first, sentence.last):
        word = ws[i]
        if word.lemma not in SPEECH and word.lemma not in _STANCES:
            continue
        if not _finite(text, sentence, i):
            continue
        who = _speaker(text, sentence, i, resolver, author)
        if who is None and found and i > found[-1][0]:
            # "said A, and added B": the speaker goes on.
            between = [w.lower for w in ws[found[-1][0] : i]]
            if ws[i - 1].lower in among("and but , also while") or "and" in between[-3:]:
                who = (found[-1][1], found[-1][2], found[-1][4])
        if who is None:
            continue
        stance = _stance(text, sentence, i, word.lemma)
        found.append((i, who[0], who[1], stance, who[2]))
    out = []
    for n, (i, name, key, stance, person) in enumerate(found):
        last = found[n + 1][0] if n + 1 < len(found) else sentence.last
        trailing = _trailing(text, sentence, i)
        first = sentence.first if n == 0 or trailing else i
        if n + 1 < len(found):
            last = _subject_start(text, found[n + 1][0], i)
        out.append(Attribution(i, name, key, stance, first, last, person))
    return out


def _finite(text: Text, sentence: Sentence, i: int) -> bool:
    ws = text.words
    word = ws[i]
    previous = ws[i - 1].lower if i > sentence.first else ""
    if word.lower.endswith("ing") and word.lemma != word.lower:
        return (
            word.lower
            in among("adding saying calling describing warning insisting insisted welcoming stressing noting")
            and i > sentence.first
        )
    if previous in _NOT_VERB_AFTER:
        return False
    if word.lemma in _WELCOMES and word.lower == word.lemma and sentence.first != i:
        return True
    if (
        word.lower == word.lemma
        and word.lemma in _DOUBLE | {"hope", "question", "regret", "mention"}
        and previous not in among("we i they you also and who both not")
        and not previous.endswith("s")
    ):
        return False
    if (
        word.lower == word.lemma
        and word.lemma not in among("say said urge thank believe think demand welcome call put")
        and previous not in among("we i they you also sides parties both who")
        and not previous.endswith("s")
        and not previous.endswith("ly")
    ):
        return False
    if i + 1 < sentence.last and ws[i + 1].lower == "by":
        # Passive with an agent: "welcomed by the Union".
        return word.lemma in among(
            "support welcome back endorse reject criticise criticize condemn hail praise"
        )
    return not (word.lower.endswith("ed") and i + 1 < sentence.last and ws[i + 1].lower in ("by",))


def _speaker(
    text: Text,
    sentence: Sentence,
    i: int,
    resolver: Resolver,
    author: tuple[str, str | None] | None,
) -> tuple[str, str | None, bool] | None:
    ws = text.words
    if i + 1 < sentence.last and ws[i + 1].lower == "by":
        for mention in resolver.within(i + 2, min(i + 5, sentence.last)):
            return _named(text, mention, resolver, author)
        return None
    before = resolver.within(max(sentence.first, i - 30), i)
    for mention in reversed(before):
        gap = ws[mention.last : i]
        if mention.kind == "pronoun" and mention.head and mention.name in among("his her its their our my"):
            continue
        if mention.kind == "pronoun" and mention.name in ("us", "them"):
            continue
        words_between = [w.lower for w in gap]
        if not gap or all(
            w
            in among(
                "also then later further however who on has have had both earlier himself herself "
                "monday tuesday wednesday thursday friday saturday sunday , meanwhile today there "
                "yesterday again"
            )
            or w.endswith("ly")
            for w in words_between
        ):
            previous = ws[mention.first - 1].lower if mention.first > sentence.first else ""
            if previous in among("in with to at near against told") and mention.kind != "pronoun":
                break
            if (
                previous == "of"
                and mention.kind in ("party", "place")
                and not _heads_noun(ws, mention.first, sentence.first)
            ):
                break
            return _widen(text, sentence, mention, resolver, author)
        if ("," in words_between and words_between[-1] in (",", "also", "on")) or (
            words_between and words_between[-1] == ","
        ):
            # "X, who led the team, said": a closed aside.
            if words_between[0] == "," and _aside(words_between):
                return _widen(text, sentence, mention, resolver, author)
            continue
        break
    for mention in before:
        gap_words = [w.lower for w in ws[mention.last : i]]
        if (
            gap_words
            and gap_words[0] == ","
            and gap_words[-1] == ","
            and len(gap_words) > 2
            and mention.kind in ("person", "party")
            and not any(w in ("that",) for w in gap_words[1:2])
        ):
            return _widen(text, sentence, mention, resolver, author)
    after = resolver.within(i + 1, min(i + 4, sentence.last))
    if (
        after
        and ws[i].lower
        in among(
            "said added told says declared announced wrote explained argued insisted noted warned "
            "asked tweeted replied concluded stated remarked recalled"
        )
        and (i == sentence.first or ws[i - 1].text in (",", '"', "?", "!", "-"))
    ):
        mention = after[0]
        between = [w.lower for w in ws[i + 1 : mention.first]]
        if (all(w in among("the a an its his") for w in between) and mention.kind != "pronoun") or (
            mention.kind == "pronoun" and mention.name in ("he", "she", "they")
        ):
            return _widen(text, sentence, mention, resolver, author)
    if (
        ws[i].lower in among("said declared added wrote explained")
        and i > sentence.first
        and ws[i - 1].text in (",", '"')
    ):
        noun = _noun_phrase(text, i + 1, sentence.last)
        if noun:
            return noun, None, False
    if (
        ws[i].lemma in _WELCOMES
        and before
        and before[0].first <= sentence.first + 1
        and before[0].kind in ("person", "party")
    ):
        return _widen(text, sentence, before[0], resolver, author)
    j = i - 1
    while j > sentence.first and (ws[j].lower.endswith("ly") or ws[j].lower in ("also", "on", "later")):
        j -= 1
    noun = _noun_before(text, sentence, j)
    return (noun, None, False) if noun else None


def _aside(words_between: list[str]) -> bool:
    return len(words_between) >= 3 and words_between[-1] == ","


def _heads_noun(ws: list, first: int, floor: int) -> bool:  # type: ignore[type-arg]
    return first - 2 >= floor and ws[first - 2].lower in among(
        "government forces army president leader leaders representative representatives "
        "spokesman spokesperson spokeswoman minister head republic conference kingdom "
        "ministry office ministers presidents governments commander side chief members"
    )


def _widen(
    text: Text,
    sentence: Sentence,
    mention: Mention,
    resolver: Resolver,
    author: tuple[str, str | None] | None,
) -> tuple[str, str | None, bool] | None:
    """The speaker's whole phrase: "The representative of X", "A and B"."""
    if mention.kind in ("person", "pronoun"):
        return _named(text, mention, resolver, author)
    ws = text.words
    first = mention.first
    while first - 2 >= sentence.first and ws[first - 1].lower == "of" and ws[first - 2].text.isalpha():
        first -= 2
        while (
            first - 1 >= sentence.first
            and (ws[first - 1].lower in among("the a an small senior former") or ws[first - 1].capital)
            and ws[first - 1].text.isalpha()
        ):
            first -= 1
            if ws[first].lower in ("the", "a", "an"):
                break
    named = _named(text, mention, resolver, author)
    if first < mention.first and named is not None:
        return text.raw(first, mention.last), named[1], False
    keys = resolver.group(sentence.first, mention.last, None)
    if mention.kind == "party" and len(keys) == 2:
        names = [n.name for k in keys if (n := resolver.reader.registry.get(k)) is not None]
        return " and ".join(names), keys[0], False
    return named


def _named(
    text: Text,
    mention: Mention,
    resolver: Resolver,
    author: tuple[str, str | None] | None,
) -> tuple[str, str | None, bool] | None:
    if mention.kind == "pronoun":
        if mention.name in among("i we my our us"):
            return (author[0], author[1], True) if author else None
        if mention.name in ("it", "they", "its", "their"):
            keys = resolver.of_mention(mention)
            notes = resolver.reader.registry.get(keys[0]) if len(keys) == 1 else None
            return (notes.name, keys[0], False) if notes else None
        return resolver.last_person
    if mention.kind == "person":
        key = resolver._key(mention.keys[0]) if mention.keys else None
        name = mention.name or _person_of(resolver, key) or text.raw(mention.first, mention.last)
        resolver.last_person = (name, key, True)
        return name, key, True
    if mention.kind == "collective":
        raw = text.raw(mention.first, mention.last)
        return raw, None, False
    if mention.kind == "place" and mention.head == "":
        return None
    keys = resolver.of_mention(mention)
    if not keys:
        name = text.raw(mention.first, mention.last)
        return name, None, False
    notes = resolver.reader.registry.get(keys[0])
    if notes is None:
        return None
    return notes.name, keys[0], False


def _person_of(resolver: Resolver, key: str | None) -> str | None:
    """ "The Russian president" is the one person of that party that the text has named so far, if one."""
    if key is None:
        return None
    people = [p.name for p in resolver.reader.people.all() if p.party and resolver._key(p.party) == key]
    return people[0] if people else None


def _noun_phrase(text: Text, first: int, last: int) -> str | None:
    ws = text.words
    j = first
    if j < last and ws[j].lower in among("the a an one his her"):
        j += 1
    start = j
    while (
        j < last
        and j - start < 6
        and ws[j].text.replace("-", "").isalpha()
        and ws[j].lower not in among("who whose that and in on after at as before whom")
    ):
        j += 1
    return text.raw(first, j) if j > start else None


_SPEAKERS = words("speakers", "speakers")


def _noun_before(text: Text, sentence: Sentence, j: int) -> str | None:
    ws = text.words
    if j < sentence.first or ws[j].lower not in _SPEAKERS:
        return None
    first = j
    while (
        first - 1 >= sentence.first
        and j - first < 5
        and ws[first - 1].text.replace("-", "").isalpha()
        and ws[first - 1].lower not in among("that said and in by to as while with")
    ):
        first -= 1
        if ws[first].lower in ("the", "a", "an", "one"):
            break
    return text.raw(first, j + 1)


def _trailing(text: Text, sentence: Sentence, i: int) -> bool:
    ws = text.words
    return any(w.text in (",", '"') for w in ws[max(sentence.first, i - 4) : i]) and all(
        w.lower != "that" for w in ws[i : min(i + 3, sentence.last)]
    )


def _subject_start(text: Text, verb: int, floor: int) -> int:
    ws = text.words
    for k in range(verb - 1, floor, -1):
        joins_names = ws[k].lower == "and" and ws[k - 1].capital and ws[k + 1].capital
        if ws[k].lower in among("but , ; while -") or (ws[k].lower == "and" and not joins_names):
            return k
        if ws[k].lower == "that" or (ws[k].text == '"' and ws[k - 1].lower == "that"):
            return k if ws[k].lower == "that" else k - 1
    return verb


_PRAISE = expression("speakers", "praise")
_BLAME = expression("speakers", "blame")
_CONDITION = expression("speakers", "condition")


def _stance(text: Text, sentence: Sentence, i: int, lemma: str) -> str:
    said = text.raw(sentence.first, sentence.last)
    after = text.raw(i, sentence.last)
    if lemma == "call" and i + 1 < sentence.last and text.words[i + 1].lower in ("on", "upon", "for"):
        return "demands"
    if lemma in _STANCES and lemma not in among("warn ask claim thank caution insist back call"):
        return _STANCES[lemma]
    if lemma in ("warn", "caution"):
        return "criticises"
    if lemma == "thank":
        return "welcomes"
    if lemma == "insist":
        return "demands" if re.search(r"\bmust\b|\bthat\s+\w+\s+(?:leave|withdraw|go)", after) else "claims"
    if lemma == "claim":
        return "claims"
    if re.search(
        r"\b(?:will|would|to)\s+(?:respect|honou?r|abide|support|observe|back)\b|\bsupports?\b|\bbacks?\b",
        after,
        re.IGNORECASE,
    ):
        return "conditional" if _CONDITION.search(after) else "supports"
    if re.search(r"\bwill\s+not\b|\bwould\s+not\b|\brefus|\bnever\b|\brejects?\b", after, re.IGNORECASE):
        return "rejects"
    if re.search(r"\bwelcom|\bhail|\bprais", said, re.IGNORECASE):
        return "welcomes"
    if _BLAME.search(said) and not _PRAISE.search(after):
        return "criticises"
    if _PRAISE.search(said):
        return "supports"
    if re.search(r"\bmust\b|\bshould\b", after):
        return "demands"
    return "neutral"


def takes_a_stance(lemma: str) -> bool:
    """Whether the verb itself says what the speaker thinks of it ("welcome", "reject"), not only that he
    spoke."""
    return lemma in _STANCES
