"""Finds every mention of a party, person or collective in a text."""

from __future__ import annotations

import re
from collections import Counter

from truceline.draft.lexicon.load import words
from truceline.draft.parties.mentions import (
    BODIES,
    FORCES,
    GROUPS,
    HEADS,
    ORGANISATIONS,
    ORGANS,
    TAILS,
    WATCHERS,
    Mention,
    is_name_part,
    plain_word,
    territory_at,
)
from truceline.draft.parties.people import People, function_word, personal_name, title_run
from truceline.draft.parties.phrases import (
    actor_phrase,
    body_at,
    collective_at,
    is_state_phrase,
    name_run,
    territory_name,
)
from truceline.draft.parties.registry import Registry
from truceline.draft.text.document import Text, Word
from truceline.draft.text.plain import fold
from truceline.draft.text.words import is_common

LOCATIVE = words("recognise", "locative")
_PLACE_AFTER = words("recognise", "place_after")
_PLACE_BEFORE = words("recognise", "place_before")
AGREE_VERBS = words("recognise", "agree_verbs")
_MODALS = frozenset(("shall", "will", "must", "would"))
_AGREEMENT = words("recognise", "agreement")
STANDALONE_ACRONYM = re.compile(r"^[A-Z][A-Z&/-]{1,9}(?:-[A-Z]{2,4})?s?$")


class Recogniser:
    """One pass over the text for names, one for mentions; `registry` and `people` hold what was learnt."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.registry = Registry()
        self.people = People()
        self.short: dict[str, str] = {}
        self._evidence: Counter[str] = Counter()
        self._mid: set[str] = set()

    def run(self) -> list[Mention]:
        """All mentions in reading order."""
        self._gather()
        mentions: list[Mention] = []
        for _ in range(2):  # names learnt late in the text are known the second time from its start
            mentions = []
            for notes in self.registry.all():
                notes.mentions = 0
            for sentence in self.text.sentences:
                if not self.text.blocks[sentence.block].heading:
                    mentions += self._scan(sentence.first, sentence.last)
                else:
                    mentions += self._scan(sentence.first, sentence.last, heading=True)
        return mentions

    # --- what can be learnt before reading
    def _gather(self) -> None:
        words = self.text.words
        for sentence in self.text.sentences:
            for i in range(sentence.first, sentence.last):
                word = words[i]
                if not is_name_part(word) or function_word(word):
                    continue
                if i > sentence.first and word.capital:
                    self._mid.add(word.lower)
        for sentence in self.text.sentences:
            i = sentence.first
            while i < sentence.last:
                j = name_run(words, i, sentence.last)
                if j == i or function_word(words[i]):
                    i += 1
                    continue
                name = " ".join(w.text for w in words[i:j])
                if (
                    i == sentence.first
                    and j == i + 1
                    and words[i].lower not in self._mid
                    and is_common(words[i].lower)
                ):
                    i = j
                    continue
                if self._party_context(i, j, sentence.first, sentence.last):
                    self._evidence[fold(name)] += 1
                i = j

    def _party_context(self, i: int, j: int, first: int, last: int) -> bool:
        ws = self.text.words
        nxt = ws[j] if j < last else None
        k = j
        while k < last and (
            ws[k].lower.endswith("ly")
            or ws[k].lower
            in (
                "have",
                "has",
                "also",
                "on",
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
                "both",
            )
        ):
            k += 1
        before = {w.lemma for w in ws[max(first, i - 8) : i]}
        previous = ws[i - 1].lower if i > first else ""
        if k < last and (ws[k].lemma in AGREE_VERBS or ws[k].lower in _MODALS) and previous not in LOCATIVE:
            k += 1
            while k < last and (ws[k].lower in ("also", "not", "then", "now") or ws[k].lower.endswith("ly")):
                k += 1
            return k >= last or ws[k].lemma != "be"
        if previous == "between" and before & _AGREEMENT:
            return True
        if nxt is not None and nxt.lower == "and" and previous == "between" and before & _AGREEMENT:
            return True
        if (
            previous == "and"
            and i - 2 >= first
            and before & _AGREEMENT
            and "between" in {w.lower for w in ws[max(first, i - 8) : i]}
        ):
            return True
        if (
            previous == "of"
            and i - 2 >= first
            and (
                ws[i - 2].lemma in ORGANS | FORCES
                or ws[i - 2].lower in ("republic", "kingdom", "state", "government")
            )
        ):
            return True
        if nxt is not None and nxt.lower == "'s" and j + 1 < last:
            after = {w.lemma for w in ws[j + 1 : j + 4]}
            return bool(
                after
                & (
                    ORGANS
                    | FORCES
                    | {
                        "president",
                        "minister",
                        "leader",
                        "spokesman",
                        "envoy",
                        "general",
                        "delegation",
                        "king",
                        "chancellor",
                    }
                )
            )
        return bool(
            nxt is not None
            and (
                nxt.lemma in ORGANS | GROUPS
                or nxt.lemma in ("force", "troop", "soldier", "delegation", "fighter")
            )
            and not nxt.capital
        )

    # --- reading
    def _scan(self, first: int, last: int, *, heading: bool = False) -> list[Mention]:
        found: list[Mention] = []
        i = first
        while i < last:
            mention = self._at(i, first, last, heading)
            if mention is None:
                i += 1
                continue
            found.append(mention)
            if mention.kind == "party":
                for key in mention.keys:
                    notes = self.registry.get(key)
                    if notes is not None:
                        notes.mentions += 1
                        notes.first = min(notes.first, mention.first)
                self._definitions(mention, last)
            i = max(mention.last, i + 1)
        return found

    def _at(self, i: int, first: int, last: int, heading: bool) -> Mention | None:
        ws = self.text.words
        word = ws[i]
        if word.lower in ("they", "it", "we", "us", "them", "he", "she", "i"):
            return Mention(i, i + 1, "pronoun", name=word.lower, head=word.lower)
        if word.lower in ("its", "their", "our", "his", "her", "my") and i + 1 < last:
            return self._possessed(i, first, last)
        for reader in (
            self._collective,
            self._titled,
            self._territory,
            self._body,
            self._named,
            self._common,
        ):
            mention = reader(i, first, last)
            if mention is not None:
                return mention
        return None

    def _possessed(self, i: int, first: int, last: int) -> Mention | None:
        ws = self.text.words
        word, nxt = ws[i], ws[i + 1]
        k = i + 1
        while (
            k < last
            and k - i < 4
            and (
                ws[k].lower in ("own", "armed", "military", "rebel", "entire", "remaining")
                or ws[k].lower == "government"
                and ws[k + 1].lemma in FORCES
                or ws[k].lower.endswith("ish")
            )
        ):
            k += 1
        head = ws[k] if k < last else nxt
        demonym = territory_at(ws, i + 1)
        title = title_run(ws, demonym[1] if demonym else i + 1, last)
        if demonym is not None and title > demonym[1]:
            return self._person_after(i, title, last, self._state(demonym[0]))
        if head.lemma in FORCES | ORGANS | GROUPS or head.lemma in (
            "side",
            "country",
            "government",
            "people",
            "fighter",
            "party",
            "nation",
            "movement",
            "ministry",
            "man",
            "group",
            "delegation",
            "officer",
            "gun",
        ):
            return Mention(i, k + 1, "pronoun", name=word.lower, head=head.lemma, forces=head.lemma in FORCES)
        return Mention(i, i + 1, "pronoun", name=word.lower, head="")

    def _collective(self, i: int, first: int, last: int) -> Mention | None:
        return collective_at(self.text.words, i, last)

    def _titled(self, i: int, first: int, last: int) -> Mention | None:
        ws = self.text.words
        j = i
        if ws[j].lower in ("the", "a", "an"):
            j += 1
        owner: str | None = None
        place = territory_at(ws, j) if j < last else None
        if place is not None and place[2] != "capital":
            j = place[1]
            owner = self._state(place[0])
            if j < last and ws[j].text in ("'s", "'"):
                j += 1
            if j < last and ws[j].text == ",":
                return None
        elif j < last and is_name_part(ws[j]) and ws[j].lower not in _TITLE_WORDS:
            k = name_run(ws, j, last)
            while k > j and ws[k - 1].lower in _TITLE_WORDS:
                k -= 1
            name = " ".join(w.text for w in ws[j:k])
            key = self._known(name) if k > j else None
            if key is None:
                return None
            owner = key
            j = k
            if j < last and ws[j].text in ("'s", "'"):
                j += 1
        end = title_run(ws, j, last)
        if end == j:
            return None
        if owner is None and ws[j].lower in ("opposition", "rebel", "separatist", "government"):
            owner = self._common_key(ws[j].lower, ws[j].lower)
        if end < last and ws[end].lower in ("of", "for") and end + 1 < last:
            k = end + 1
            if ws[k].lower == "the" and k + 1 < last:
                k += 1
            whose = territory_at(ws, k)
            if whose is not None:
                return self._person_after(i, whose[1], last, self._state(whose[0]), comma=True)
            body = body_at(ws, k, last)
            if body is not None:
                return self._person_after(i, body[1], last, self._body_key(body[0]), comma=True)
            run = name_run(ws, k, last)
            if run > k:
                known = self._known(" ".join(w.text for w in ws[k:run])) or self._organisation(k, run)
                if known is not None:
                    return self._person_after(i, run, last, known, comma=True)
            core = actor_phrase(ws, k, last)
            if core is not None:
                return self._person_after(
                    i, core[0], last, self._common_key(core[1], self.text.raw(k, core[0])), comma=True
                )
        return self._person_after(i, end, last, owner)

    def _person_after(self, i: int, j: int, last: int, party: str | None, *, comma: bool = False) -> Mention:
        ws = self.text.words
        k = j
        if k < last and ws[k].text == ",":
            k += 1
        end = personal_name(ws, k, last)
        named = end > k and (k == j or end - k >= 2 or self.people.get(ws[end - 1].text) is not None)
        if named and territory_at(ws, k) is None:
            person = self.people.add(self.text.raw(k, end), party)
            return Mention(
                i, end, "person", (person.party,) if person.party else (), person.name, head="person"
            )
        if not named and i > 0 and ws[i - 1].text == "," and party is not None:
            # "Ilse Brandvold, the Republic's foreign minister": the name came first.
            back = i - 1
            start = back
            while start > 0 and is_name_part(ws[start - 1]) and back - start < 4:
                start -= 1
            if back - start >= 2:
                self.people.add(self.text.raw(start, back), party)
        return Mention(i, j, "person", (party,) if party else (), "", head="person")

    def _territory(self, i: int, first: int, last: int) -> Mention | None:
        ws = self.text.words
        j = i + 1 if ws[i].lower == "the" else i
        if j >= last:
            return None
        hit = territory_at(ws, j)
        if hit is None:
            return None
        code, end, how = hit
        if (
            how == "demonym"
            and end < last
            and is_name_part(ws[end])
            and not is_state_phrase(ws, end, name_run(ws, end, last))
            and not heading_plain(ws, end, last)
        ):
            return self._named(i, first, last)
        if how == "name" and end < last and is_name_part(ws[end]) and ws[end - 1].lower != "the":
            run = name_run(ws, j, last)
            if (
                ws[run - 1].lemma in ORGANISATIONS
                and not is_state_phrase(ws, end, run)
                and ws[run - 1].text != "Party"
            ):
                return self._named(i, first, last)
        k = end
        if (
            how == "demonym"
            and k < last
            and (twin := territory_at(ws, k)) is not None
            and twin[2] == "demonym"
        ):
            # "Greek Cypriot forces", "Bosnian Serbs": a people of its own.
            return self._with_tail(i, twin[1], last, self._proper(self.text.raw(j, twin[1])))
        if k < last and ws[k].text in ("'s", "'"):
            k += 1
            both = collective_at(ws, k, last)
            if both is not None:
                return Mention(i, both.last, "collective", name=both.name, head=both.head)
        phrase = actor_phrase(ws, k, last) if k < last else None
        run = name_run(ws, k, last) if k < last else k
        if run > k and is_state_phrase(ws, k, run):
            return self._party(
                i, run, self._state(code), forces=ws[run - 1].lemma in FORCES, head=ws[run - 1].lemma
            )
        if phrase is not None and phrase[0] > k:
            stop, core, head = phrase
            if core in GROUPS or any(part in GROUPS for part in core.split()):
                if how == "name" and k == end:
                    return self._party(i, end, self._state(code), head="state")
                name = self.text.raw(j, stop).replace(" 's ", "'s ")
                return self._party(i, stop, self._common_key(core, name), forces=head in FORCES, head=head)
            key = self._state(code)
            self._alias(key, self.text.raw(j, stop))
            return self._party(i, stop, key, forces=head in FORCES and core not in ORGANS, head=head)
        if k < last and ws[k].lemma in FORCES | ORGANS | {
            "side",
            "delegation",
            "team",
            "navy",
            "official",
            "diplomat",
            "leader",
            "negotiator",
            "representative",
        }:
            key = self._state(code)
            if ws[k].lemma in FORCES | ORGANS:
                self._alias(key, self.text.raw(j, k + 1))
            return self._party(i, k + 1, key, forces=ws[k].lemma in FORCES, head=ws[k].lemma)
        previous = ws[i - 1].lower if i > first else ""
        if how == "demonym":
            if (
                end + 1 < last
                and ws[end].lower in ("and", "or")
                and (again := territory_at(ws, end + 1)) is not None
                and again[2] == "demonym"
            ):
                return self._party(i, end, self._state(code), forces=True, head="demonym")
            plural = ws[end - 1].lower.endswith("s") and not ws[end - 1].lower.endswith("ss")
            if plural or (
                j > i
                and (
                    end >= last
                    or ws[end].lemma in ("have", "be", "agree", "say")
                    or ws[end].text in (",", ".")
                )
            ):
                return self._party(i, end, self._state(code), head="people")
            return Mention(i, end, "place", (f"state:{code}",), ws[j].text, head="demonym")
        if how == "capital":
            return Mention(i, end, "place", (f"state:{code}",), ws[j].text, head="capital")
        if previous in LOCATIVE and not (previous in ("of", "to") and self._acts(i, first)):
            return Mention(i, end, "place", (f"state:{code}",), self.text.raw(j, end), head="name")
        return self._party(i, end, self._state(code), head="state")

    def _acts(self, i: int, first: int) -> bool:
        ws = self.text.words
        window = [w.lemma for w in ws[max(first, i - 5) : i]]
        return any(
            w
            in (
                "leader",
                "president",
                "minister",
                "government",
                "representative",
                "delegation",
                "side",
                "consent",
                "support",
                "part",
                "behalf",
                "force",
                "army",
                "troop",
                "mediation",
                "auspices",
            )
            for w in window
        )

    def _body(self, i: int, first: int, last: int) -> Mention | None:
        ws = self.text.words
        j = i + 1 if ws[i].lower == "the" and i + 1 < last else i
        hit = body_at(ws, j, last)
        if hit is None:
            return None
        run = name_run(ws, j, last)
        if run > hit[1] and ws[run - 1].lemma in ORGANISATIONS:
            return None
        end = hit[1]
        if end < last and ws[end].text == "'s":
            end += 1
        if end < last and (
            ws[end].lemma in WATCHERS | FORCES
            or ws[end].lemma in ("official", "envoy", "spokesman", "diplomat", "staff")
        ):
            end += 1
        return self._party(i, end, self._body_key(hit[0]), head="body")

    def _named(self, i: int, first: int, last: int) -> Mention | None:
        ws = self.text.words
        j = i + 1 if ws[i].lower in ("the", "a", "an", "all", "any", "some") and i + 1 < last else i
        end = name_run(ws, j, last)
        if end == j or function_word(ws[j]):
            return None
        if end < last and ws[end].lower in ("of", "for"):
            # "Mohammad Javad Zarif Foreign Minister of Iran": the title is no part of the name.
            cut_at = next((k for k in range(j + 2, end) if title_run(ws, k, end) == end), end)
            end = cut_at
        # The "The" of a sentence's start is no part of a name; neither is a verb that an item begins with.
        if (
            j == first
            and end == j + 1
            and ws[j].lower not in self._mid
            and not self._known(ws[j].text)
            and not STANDALONE_ACRONYM.match(ws[j].text)
            and not self._evidence[fold(ws[j].text)]
        ):
            return None
        if (
            j == first
            and end > j + 1
            and ws[j].lower not in self._mid
            and ws[j + 1].lower in ("of", "for")
            and ws[j].lemma in FORCES | WATCHERS | {"representative", "leader", "patrol", "bodyguard"}
        ):
            return None
        name = self.text.raw(j, end)
        if ws[j].text == "The":
            return None
        known = self._known(name)
        if known is not None:
            return self._with_tail(i, end, last, known)
        person = self.people.get(name)
        if person is not None and (end - j == 1 or fold(person.name) == fold(name)):
            return Mention(
                i, end, "person", (person.party,) if person.party else (), person.name, head="person"
            )
        key = self._organisation(j, end)
        if key is not None:
            return self._with_tail(i, end, last, key)
        if all(plain_word(w) for w in ws[j:end]) and not (
            end - j == 1 and self._evidence[fold(name)] > 0 and not plain_word(ws[j])
        ):
            return None
        title_end = title_run(ws, end, last)
        if end - j >= 2 and title_end > end and title_end < last and ws[title_end].lower in ("of", "for"):
            whose = territory_at(ws, title_end + 1 + (ws[title_end + 1].lower == "the"))
            party = self._state(whose[0]) if whose else None
            person = self.people.add(name, party)
            return Mention(
                i, whose[1] if whose else title_end, "person", (party,) if party else (), name, head="person"
            )
        if end < last and ws[end].text == "(" and end + 2 < last and abbreviates(ws[end + 1].text, ws[j:end]):
            return self._with_tail(i, end, last, self._proper(name))
        previous = ws[i - 1].lower if i > first else ""
        if (
            self._evidence[fold(name)]
            and previous not in LOCATIVE
            and not (end < last and ws[end].lemma in _PLACE_AFTER)
        ):
            if (
                end - j >= 2
                and not any(w.lemma in ORGANISATIONS for w in ws[j:end])
                and self._looks_personal(j, end, first, last)
            ):
                self.people.add(name, None)
                return Mention(i, end, "person", (), name, head="person")
            return self._with_tail(i, end, last, self._proper(name))
        if (
            end < last
            and not ws[end].capital
            and (
                ws[end].lemma in GROUPS | ORGANS
                or ws[end].lemma
                in ("force", "troop", "soldier", "fighter", "delegation", "movement", "guerrilla")
            )
        ):
            return self._with_tail(i, end, last, self._proper(name))
        if end - j >= 2 and self._looks_personal(j, end, first, last):
            self.people.add(name, None)
            return Mention(i, end, "person", (), name, head="person")
        return Mention(i, end, "place", (), name, head="name")

    def _looks_personal(self, j: int, end: int, first: int, last: int) -> bool:
        ws = self.text.words
        after = ws[end].lemma if end < last else ""
        before = ws[j - 1].lemma if j > first else ""
        speech = {
            "say",
            "tell",
            "add",
            "declare",
            "announce",
            "warn",
            "note",
            "state",
            "argue",
            "write",
            "call",
            "speak",
            "insist",
            "explain",
            "confirm",
            "ask",
            "claim",
            "describe",
            "welcome",
            "hail",
            "lead",
            "reply",
            "be",
            "criticise",
            "reject",
        }
        if before in ("the", "a", "an") or any(w.lemma in ORGANISATIONS or plain_word(w) for w in ws[j:end]):
            return False
        return (
            after in speech
            or before in speech
            or (
                after == ","
                and (
                    title_run(ws, end + 1, last) > end + 1
                    or (end + 2 < last and ws[end + 1].lower in ("who", "a", "the", "once"))
                )
            )
        )

    def _common(self, i: int, first: int, last: int) -> Mention | None:
        ws = self.text.words
        if ws[i].lower in ("state",):
            return None
        phrase = actor_phrase(ws, i, last)
        if phrase is None:
            return None
        end, core, head = phrase
        if (
            end + 1 < last
            and ws[end].lower == "of"
            and head not in ORGANS
            and collective_at(ws, end + 1, last) is not None
        ):
            return None
        if end < last and ws[end].lower in ("of", "from") and end + 1 < last:
            k = end + 1
            if ws[k].lower == "the" and k + 1 < last:
                k += 1
            place = territory_at(ws, k)
            if place is not None and place[2] == "name" and (core in ORGANS or head in FORCES):
                key = self._state(place[0])
                self._alias(key, self.text.raw(i, place[1]))
                return self._party(i, place[1], key, forces=head in FORCES and core not in ORGANS, head=head)
            if (
                place is not None
                and place[2] == "demonym"
                and core in ORGANS
                and heading_plain(ws, place[1], last)
            ):
                key = self._state(place[0])
                person = self._person_after(k, title_run(ws, place[1], last), last, key)
                self._alias(key, self.text.raw(i, person.last))
                return self._party(i, person.last, key, head=head)
            run = name_run(ws, k, last)
            if run > k and (head in FORCES | GROUPS | ORGANS) and ws[end].lower == "of":
                name = self.text.raw(k, run)
                owner = self._known(name) or self._organisation(k, run)
                if core == "government" and owner is None:
                    key = self._proper(f"Government of {name}")
                    self._alias(key, name)
                    self.short.setdefault(fold(name), key)
                    self.short.setdefault("government", key)
                    return self._party(i, run, key, head=head)
                if owner is not None:
                    return self._party(i, run, owner, forces=head in FORCES, head=head)
        if core in (
            "state",
            "command",
            "leadership",
            "defence",
            "defense",
            "police",
            "personnel",
            "group",
            "unit",
            "party",
        ):
            return None
        if head in FORCES and core == head and core not in ("army", "military"):
            return None
        name = self.text.raw(i, end)
        return self._party(
            i, end, self._common_key(core, name), forces=head in FORCES | {"fighter", "militant"}, head=head
        )

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
        if " " not in folded:
            # "the Council", "the Wardens": the last, or the first, word of the one name that has it.
            held = {
                n.key
                for n in self.registry.all()
                if n.kind == "name"
                and len(fold(n.name).split()) > 1
                and (
                    fold(n.name).split()[-1] == folded
                    or (fold(n.name).split()[0] == folded and folded in _SHORT_FIRST)
                    or (folded in _SHORT_MIDDLE and folded in fold(n.name).split())
                )
            }
            if len(held) == 1:
                return held.pop()
        if len(folded) > 4:
            kin_keys = {
                n.key
                for n in self.registry.all()
                if n.kind == "name"
                and (k := fold(n.name)) != folded
                and (
                    k.startswith(folded)
                    and len(k) - len(folded) <= 3
                    or folded.startswith(k)
                    and len(k) > 4
                    and len(folded) - len(k) <= 2
                )
            }
            if len(kin_keys) == 1:
                return kin_keys.pop()
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
        if not any(w.lemma in ORGANISATIONS or w.lower in ORGANISATIONS for w in ws[j:end]):
            return None
        if all(plain_word(w) and w.lemma not in ORGANISATIONS for w in ws[j:end]):
            return None
        own = [
            w
            for w in ws[j:end]
            if not (plain_word(w) or w.lemma in ("general", "ministry", "defence", "government", "foreign"))
        ]
        if not own and not any(
            w.lower in ("government", "people", "mission", "committee", "commission", "group", "team")
            for w in ws[j:end]
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

    # --- names that the text gives to a party it has just named
    def _definitions(self, mention: Mention, last: int) -> None:
        from truceline.draft.parties.definitions import define

        define(self, mention, last)


_SHORT_FIRST = words("recognise", "short_first")
_SHORT_MIDDLE = words("recognise", "short_middle")
_TITLE_WORDS = words("recognise", "title_words")


def abbreviates(short: str, words: list[Word]) -> bool:
    """Whether the letters of `short` follow one another among the words' own."""
    if not STANDALONE_ACRONYM.match(short):
        return False
    letters = iter("".join(w.lower for w in words))
    return all(c in letters for c in short.lower() if c.isalpha())


def heading_plain(ws: list[Word], i: int, last: int) -> bool:
    """Whether the words from `i` on that bear capitals merely follow a demonym ("Turkish President")."""
    return title_run(ws, i, last) > i
