"""Names that a text gives to a party beside its first: brackets, "known as", "formerly", "hereinafter"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from truceline.draft.parties.mentions import Mention, abbreviates
from truceline.draft.parties.phrases import name_run
from truceline.draft.text.plain import fold

if TYPE_CHECKING:
    from truceline.draft.parties.recognise import Recogniser

_KNOWN_AS = re.compile(
    r"""^(?:,\s*|\s+|\(\s*)?(?:(?:a|an|the|which|that|who|whose|body|group|movement|alliance|faction|militia|until|(?:19|20)\d\d|and|is|was|were|are|had|been|has|
        itself|called|rebel|armed|also|now|today|formerly|previously|once|better|commonly|officially|then|dominated|by|led|of|it)[\s,]+){0,14}?
        (?P<how>(?:previously|formerly|once|originally|until\s+(?:recently|(?:19|20)\d\d))\s+(?:(?:known|called)\s+(?:itself\s+)?(?:as\s+)?)?(?:the\s+)?|
            abbreviated\s+(?:as\s+|to\s+)?|(?:or|called)\s+(?=[A-Z]{2,}\b)|
            (?:also|better|now|today|commonly|widely)\s+(?:known|called|named)\s+(?:as\s+)?|now\s+(?:known\s+as\s+)?|known\s+as\s+|
            hereinafter\s*(?:,\s*)?(?:referred\s+to\s+as\s+|called\s+)?|called\s+itself\s+|formerly\s+)
        (?:the\s+)?["']?(?P<name>(?:al-)?[A-Z][^,.;:()"]*)""",
    re.VERBOSE,
)
_BEARERS = frozenset(("official", "envoy", "leader", "commander"))
_APPOSED = re.compile(r"^\s*,\s*(?:the|or)\s+(?P<name>[A-Z]{2,8})\b")
_BRACKET = re.compile(
    r"""^\s*\(\s*(?:(?:hereinafter|hereafter)(?:\s+referred\s+to\s+as|"
r",)?\s*|or\s+|"
r"the\s+)*(?P<q>["'])?\s*(?:the\s+)?(?P<name>[A-Z][\w/&.' -]{0,40}?)\s*["']?\s*(?:,\s*[^()]*)?\)"""
)


def define(reader: Recogniser, mention: Mention, last: int) -> None:
    """Notes the further names that follow a mention of one party."""
    text = reader.text
    key = mention.keys[0]
    notes = reader.registry.get(key)
    if notes is None or last <= mention.last or mention.head in _BEARERS:
        return
    start = text.words[mention.last - 1].end
    rest = text.plain.norm[start : text.words[last - 1].end]
    apposed = _APPOSED.match(rest)
    if (
        apposed is not None
        and notes.kind == "name"
        and abbreviates(apposed["name"], text.words[mention.first : mention.last])
    ):
        _bind(reader, key, apposed["name"], former=False)
    bracket = _BRACKET.match(rest)
    if bracket is not None:
        name = bracket["name"].strip()
        acronym = sum(c.isupper() for c in name) >= 2 and " " not in name
        if acronym or bracket["q"]:
            if acronym and not bracket["q"]:
                key = _abbreviated(reader, mention, name) or key
            _bind(reader, key, name, former=False)
            rest_after = rest[bracket.end() :]
            _known_as(reader, key, rest_after, start + bracket.end())
            return
    if notes.kind != "common":
        _known_as(reader, key, rest, start)


def _abbreviated(reader: Recogniser, mention: Mention, short: str) -> str | None:
    """Of the names before a bracket, the one whose letters the abbreviation takes, where it is not the
    last."""
    ws = reader.text.words
    sentence = reader.text.sentence_at(mention.first)
    if abbreviates(short, ws[mention.first : mention.last]) and short[0].lower() in {
        w.lower[:1] for w in ws[mention.first : mention.last]
    }:
        return None
    for first in range(max(sentence.first, mention.first - 14), mention.first):
        if (
            ws[first].capital
            and ws[first].lower[:1] == short[0].lower()
            and abbreviates(short, ws[first : mention.last])
            and not any(w.text in ("(", ")", ",") for w in ws[first : mention.first])
        ):
            return reader.registry.note(
                f"name:{fold(reader.text.raw(first, mention.last))}",
                reader.text.raw(first, mention.last),
                "name",
            ).key
    return None


def _known_as(reader: Recogniser, key: str, rest: str, start: int) -> None:
    match = _KNOWN_AS.match(rest)
    if match is None:
        return
    text = reader.text
    first = text.word_from(start + match.start("name"))
    sentence = text.sentence_at(first)
    end = name_run(text.words, first, sentence.last)
    if end == first:
        return
    name = text.raw(first, end)
    how = match["how"].lower()
    between = rest[: match.start("how")].lower()
    if fold(name) in ("parties", "sides", "party", "side") or name in ("Parties", "Sides"):
        return
    if between.strip().startswith("and "):
        return  # "X, which fights for Y and was formerly known as Z": Z is X
    former = bool(re.search(r"previously|formerly|once|originally|until|called itself", how))
    if "dominated by" in between or "led by" in between:
        # "X, which is dominated by a faction previously known as Y": Y lives on in X.
        if re.search(r"\b(?:dominated|led) by the [A-Z]", rest[: match.start("how")]):
            return
        former = True
    if re.search(r"\bnow\b|\btoday\b", how):
        notes = reader.registry.get(key)
        if notes is not None and notes.kind == "name" and fold(notes.name) != fold(name):
            old = notes.name
            notes.name = name
            notes.aliases = [a for a in notes.aliases if fold(a) != fold(name)]
            notes.former.append(old)
            reader.short[fold(name)] = key
            _join_name(reader, name, key)
        return
    _bind(reader, key, name, former=former)


def _bind(reader: Recogniser, key: str, name: str, *, former: bool) -> None:
    name = re.sub(r"^[Tt]he\s+", "", name)
    folded = fold(name)
    if folded in ("parties", "sides", "party", "side", "agreement", "zone", "parties or sides"):
        return
    _join_name(reader, name, key)
    notes = reader.registry.get(key)
    if notes is None:
        return
    if former:
        notes.aliases = [a for a in notes.aliases if fold(a) != folded]
        if folded not in {fold(n) for n in (notes.name, *notes.former)}:
            notes.former.append(name)
    else:
        notes.add_alias(name)
    reader.short[folded] = notes.key


def _join_name(reader: Recogniser, name: str, key: str) -> None:
    other = f"name:{fold(name)}"
    if reader.registry.get(other) is not None and reader.registry.resolve(other) != reader.registry.resolve(
        key
    ):
        reader.registry.join(other, key)
