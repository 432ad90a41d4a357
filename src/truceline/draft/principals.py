"""Whom the agreement is between: "both sides" means them."""

from __future__ import annotations

import re
from bisect import bisect_left

from truceline.draft.lexicon.load import among, expression
from truceline.draft.parties.evidence import AGREE_VERBS
from truceline.draft.parties.mentions import FORCES, WATCHERS, Mention
from truceline.draft.parties.recognise import Recogniser
from truceline.draft.text.document import Sentence, Text

_AGREEMENT = expression("bound", "agreement")
_SIDES = frozenset(["government", "opposition", "rebel", "insurgent", "separatist", "guerrilla", "army"])
_CONJUNCTIONS = frozenset((",", "and", "&", "or", "-", "/", "then", "both"))
_NOT_BEFORE = frozenset(
    ["in", "on", "at", "of", "from", "between", "by", "with", "for", "to", "include", "be", "have", "say"]
)
# "A, represented by its minister X, and B"; "A (hereinafter ...) and B".
_ASIDE = re.compile(
    r"""[\s),"']*,?\s*(?:duly\s+)?(?:represented|acting|headed|led|known|referred|called|hereinafter|hereafter|of\s+the\s+one\s+part)
        \b[^;]*?,?\s*and(?:\s+the|\s+with|\s+also)*""",
    re.VERBOSE,
)
_THIRD = re.compile(
    r"""\b(?:brokered|mediated|hosted|sponsored|facilitated|guaranteed|witnessed|observed|monitored|chaired|supervised
        |backed|watched|overseen|arranged|assisted|supported|mediation|auspices|presence|witness|help|assistance)\b
        (?:\s+(?:by|of))?(?:\s+\w+){0,2}\s*$""",
    re.VERBOSE,
)
_WATCH = re.compile(
    r"""^\W*(?:both\s+|also\s+|all\s+|jointly\s+|who\s+|which\s+|had\s+|have\s+){0,2}(?:brokered|mediated|hosted|sponsored|facilitated|guarantee\w*
        |witness\w*|act(?:ed|ing)?\s+as|served?\s+as|observ\w+|monitor\w*|stood\s+(?:behind|by)|will\s+(?:take\s+seats?|have\s+seats?|sit|chair|watch|observe|monitor|verify|oversee|mediate)|are\s+(?:the\s+)?(?:guarant|mediat|witness|observ))""",
    re.VERBOSE,
)
_CEASING = re.compile(
    r"""\b(?:cease-?fire|truce|armistice|(?:hold|held|cease|stop|stopped|halt|halted|suspend)\w*\s+(?:their\s+|all\s+|the\s+)?(?:\w+\s+)?
        (?:fire|shooting|fighting|attacks|hostilities|fighting|operations)|hostilities|stop\s+shooting|lay\s+down\s+(?:their\s+)?arms
        |silence\s+their\s+guns|end\s+(?:the|their)\s+(?:war|fighting))\b""",
    re.VERBOSE,
)
_MUST = re.compile(r"\b(?:shall|will|must|are\s+to|have\s+to)\b")
_BINDING = re.compile(r"\b(?:obliges?|binds?|commits?|requires?|between)(?:\s+the)?\s*$")
_WATCHING = re.compile(r"mission|observer|committee|commission|monitor")


class Principals:
    """The mentions of a text, and who concluded what it reports."""

    def __init__(self, text: Text, mentions: list[Mention], reader: Recogniser) -> None:
        self.text = text
        self.mentions = mentions
        self.reader = reader
        self._starts = [m.first for m in mentions]
        self.last_subject: tuple[str, ...] = ()
        self.last_single: str | None = None
        self.own_government = "common:government"
        self.principals: tuple[str, ...] = ()
        self.negotiated: set[str] = set()
        self.speaker: str | None = None
        self.last_person: tuple[str, str | None, bool] | None = None
        self.principals = self.written = self._find_principals()

    def within(self, first: int, last: int) -> list[Mention]:
        """The mentions that begin in words ``first`` to ``last``."""
        i = bisect_left(self._starts, first)
        out = []
        while i < len(self.mentions) and self.mentions[i].first < last:
            out.append(self.mentions[i])
            i += 1
        return out

    # --- whom the agreement is between
    def _find_principals(self) -> tuple[str, ...]:
        best: tuple[str, ...] = ()
        best_score = 0
        for sentence in self.text.sentences:
            for keys, score in self._groups(sentence):
                if score > best_score:
                    best, best_score = keys, score
                if score > 5:
                    self.negotiated.update(keys)
        return best or self._both_bound()

    def _both_bound(self) -> tuple[str, ...]:
        """The two whom alone the clauses bind by name, where no sentence names those who agreed."""
        ws = self.text.words
        seen: dict[str, int] = {}
        for m in self.mentions:
            if m.kind != "party" or len(m.keys) != 1 or m.last >= len(ws) or m.head in WATCHERS:
                continue
            key = self._key(m.keys[0])
            binds = ws[m.last].lower in ("shall", "will", "must", "agreed", "undertakes")
            if (
                binds
                and ws[m.last - 1].lemma not in FORCES
                and not key.startswith(("body:", "common:"))
                and not _WATCHING.search(key)
            ):
                seen[key] = seen.get(key, 0) + 1
        return tuple(seen) if len(seen) == 2 else ()

    def _groups(self, sentence: Sentence) -> list[tuple[tuple[str, ...], int]]:
        ws = self.text.words
        out: list[tuple[tuple[str, ...], int]] = []
        parties = [
            m if m.kind != "pronoun" else Mention(m.first, m.last, "party", (self.own_government,), m.name)
            for m in self.within(sentence.first, sentence.last)
            if (m.kind in ("party", "place", "person") and m.keys)
            or (m.kind == "pronoun" and m.name in ("my", "our") and m.head == "government")
        ]
        i = 0
        while i < len(parties):
            run = [parties[i]]
            lead = " ".join(w.lower for w in ws[max(sentence.first, run[0].first - 6) : run[0].first])
            third = _THIRD.search(lead) is not None
            while i + 1 < len(parties) and self._joined(run[-1], parties[i + 1]):
                if third and ws[run[-1].last].text == "," and ws[run[-1].last + 1].lower != "and":
                    break  # "brokered by A and B, X and Y agreed"
                i += 1
                run.append(parties[i])
            i += 1
            keys = tuple(dict.fromkeys(self._key(k) for m in run for k in m.keys))
            # "the X (the X), hereinafter": a name and its bracket are one party.
            if len(keys) < 2 or any(m.head in WATCHERS for m in run):
                continue
            first, last = run[0].first, run[-1].last
            before = " ".join(w.lower for w in ws[max(sentence.first, first - 12) : first])
            after = ws[
                last : min(
                    last + (34 if last < sentence.last and ws[last].text in (",", "(", ")") else 6),
                    sentence.last,
                )
            ]
            # A list that ends in an observer ("A, B and the OSCE") still names who is at the table.
            score = 0
            before += " " + " ".join(w.lower for w in ws[first : first + 5] if run[0].kind == "person")
            if run[0].kind == "person":
                before = re.sub(r"\b(of|from|for)(?:\s+the)?\s+\S*$", r"\1", before)
            before = re.sub(r"\bbetween\s+the(?:\s+[a-z]+){1,3}$", "between the", before.rstrip())
            rest = self.text.raw(last, sentence.last).lower()
            if (_THIRD.search(before) and run[0].kind != "person") or _WATCH.search(rest):
                continue
            if (
                re.search(r"\brepresented\s+by\b", self.text.raw(first, last))
                or re.match(r"\W*(?:\([^)]*\)\W*)?represented\s+by\b", rest)
                or re.search(
                    (
                        r"\bhereinafter\b|"
                        r"\btogether\s+(?:referred\s+to\s+as\s+)?[\"']?the\s+[\"']?(?:parties|"
                        r"sides)\b|\bthe\s+[\"']?(?:parties|sides)[\"']?\b|\bthe\s+undersigned\b"
                    ),
                    rest[:90],
                )
            ):
                score = 9
            elif re.search(
                r"\b(?:zone|line|belt|strip|border|area|areas|buffer|"
                r"boundary)\b[^,;.]{0,30}\bbetween(?:\s+the)?\s*$",
                before,
            ):
                score = 1
            elif re.search(r"\bbetween(?:\s+the)?\s*$", before) and _AGREEMENT.search(before):
                score = 8
            elif re.match(
                r"\W*(?:\([^)]*\)\s*)?(?:make|made|adopt|have\s+made|hereby)\w*\s+(?:this|the\s+following|an?)\b",
                rest,
            ):
                score = 7
            elif re.search(r"\bbetween(?:\s+the)?\s*$", before):
                placed = all(m.kind == "place" for m in run)
                heading = self.text.blocks[sentence.block].heading
                score = 8 if heading else 0 if placed else 7 if sentence.index < 3 else 2
            elif any(
                w.lemma
                in (
                    AGREE_VERBS
                    | {"put", "bind", "settle", "reach", "strike", "resolve", "decide", "covenant"}
                )
                - {"welcome", "hail", "reject", "refuse", "demand", "insist", "declare", "surrender"}
                and w.lower not in ("accord", "signed,")
                for w in after
            ) and not any(w.lower in ("not", "no") for w in after):
                score = 7
            elif re.search(
                (
                    r"\b(?:leaders|presidents|generals|governments|delegations|ministers|"
                    r"heads|representatives|armies|commanders|negotiators|"
                    r"directors\s+general|officials|officers|envoys|chiefs|teams|peoples)\b[^,;.]*\b(?:of|from|"
                    r"for)(?:\s+the)?\s*$"
                ),
                before,
            ):
                score = (
                    6
                    if re.search(
                        (
                            r"\b(?:agree|sign|emerge|settle|announce|shake|meet|met|reach|speak|"
                            r"spoke|put|issue|conclude)\w*"
                        ),
                        rest[:80],
                    )
                    else 4
                )
            elif (
                _CEASING.search(rest[:110])
                and (not re.search(r"\b(?:of|from|by|in)(?:\s+the)?\s*$", before) or _BINDING.search(before))
                and not any(_WATCHING.search(k) or k.startswith("body:") for k in keys)
            ):
                score = 8 if _MUST.search(rest[:60]) else 6
            elif (
                any(w.lower in ("shall", "will", "must") or w.lemma in ("accept", "meet") for w in after[:6])
                and not any(
                    k.startswith("body:") or (k.startswith("common:") and k[7:] not in _SIDES) for k in keys
                )
                and not any(_WATCHING.search(k) for k in keys)
            ):
                score = (
                    0
                    if re.search(r"\b(?:facilitators?|mediators?|guarantors?|thank|observers?)\b", before)
                    else 4
                )
            elif after and after[0].lemma in among(
                "president leader general commander delegation minister negotiator government"
            ):
                score = 6
            if score:
                out.append((keys, score + (1 if sentence.index < 2 else 0)))
        # "between X and Y" with places for names is seen through the mentions' keys only.
        return out

    def _joined(self, a: Mention, b: Mention) -> bool:
        between = list(self.text.words[a.last : b.first])
        words = [w.lower for w in between]
        if (a.kind == "place" and {"by", "in", "of"} & set(words)) or (
            b.kind == "place" and b.head == "name" and {"in"} & set(words)
        ):
            return False
        aside = _ASIDE.fullmatch(" ".join(words))
        if aside is not None and len(words) <= 40:
            return True
        if any(w in among("said that ; with to") for w in words) or len(words) > 14:
            return False
        if not words:
            return True
        if not _CONJUNCTIONS & set(words) or ("between" in words and "and" not in words):
            return "(" in words and len(words) <= 2
        if "(" in words and (
            ")" in words
            or (b.last < len(self.text.words) and self.text.words[b.last].text in (")", '"', ","))
        ):
            return (
                all(w in ("(", ")", '"', "'", ",", "and", "the", "or", "hereinafter") or True for w in words)
                and len(words) <= 6
            )
        if all(
            w
            in (
                ",",
                "and",
                "&",
                "the",
                "of",
                "by",
                "both",
                "on",
                "one",
                "other",
                "hand",
                "between",
                "then",
                ")",
                '"',
                "-",
                "or",
                "together",
                "a",
                "republic",
                "leader",
                "president",
                "general",
            )
            for w in words
        ):
            return True
        joined = " ".join(words).lstrip(") ")
        if re.fullmatch(
            r",?\s*(?:and|&)\s+(?:the\s+|its\s+)?(?:[a-z]+(?:-[a-z]+)?\s*){1,2}", joined
        ) and not ({w.lemma for w in between} & _NOT_BEFORE):
            # "the Union and the breakaway Republic": an adjective stands before the second name.
            return True
        if re.fullmatch(
            r"(?:in|of|from)\s+(?:the\s+)?\w+(?:\s+\w+)?\s+and(?:\s+the)?", joined
        ) or re.fullmatch(r",?\s*and\s+(?:\w+\s+)?(?:from|for|of)\s+(?:the)?", joined):
            return True
        return (
            bool(re.search(r"\band\b", joined))
            and re.fullmatch(
                (
                    r"[\"),\s]*(?:,?\s*(?:a|an|the|which|who|formerly|"
                    r"also)\b.{0,60}?,)?\s*and(?:\s+the|\s+with)?"
                ),
                joined,
            )
            is not None
        )

    # --- one mention
    def resolve(self, key: str) -> str:
        """The key that stands for this one, once parties turned out to be the same."""
        return self._key(key)

    def _key(self, key: str) -> str:
        return self.reader.registry.resolve(key)
