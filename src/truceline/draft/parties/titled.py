"""Mentions of persons by title and name, and of what is "his" or "theirs"."""

from __future__ import annotations

from truceline.draft.lexicon.load import among, words
from truceline.draft.parties.evidence import Evidence
from truceline.draft.parties.mentions import (
    FORCES,
    GROUPS,
    ORGANISATIONS,
    ORGANS,
    Mention,
    is_name_part,
    plain_word,
    territory_at,
)
from truceline.draft.parties.people import personal_name, title_run
from truceline.draft.parties.phrases import (
    actor_phrase,
    body_at,
    name_run,
)
from truceline.draft.text.document import Word

_TITLE_WORDS = words("recognise", "title_words")


class PersonReader(Evidence):
    """Reads persons."""

    def _possessed(self, i: int, first: int, last: int) -> Mention | None:  # noqa: ARG002
        ws = self.text.words
        word, nxt = ws[i], ws[i + 1]
        k = i + 1
        while (
            k < last
            and k - i < 4
            and (
                ws[k].lower in among("own armed military rebel entire remaining")
                or (ws[k].lower == "government" and ws[k + 1].lemma in FORCES)
                or ws[k].lower.endswith("ish")
            )
        ):
            k += 1
        head = ws[k] if k < last else nxt
        demonym = territory_at(ws, i + 1)
        title = title_run(ws, demonym[1] if demonym else i + 1, last)
        if demonym is not None and title > demonym[1]:
            return self._person_after(i, title, last, self._state(demonym[0]))
        if head.lemma in FORCES | ORGANS | GROUPS or head.lemma in among(
            "side country government people fighter party nation movement ministry man group "
            "delegation officer gun"
        ):
            return Mention(i, k + 1, "pronoun", name=word.lower, head=head.lemma, forces=head.lemma in FORCES)
        return Mention(i, i + 1, "pronoun", name=word.lower, head="")

    def _titled(self, i: int, first: int, last: int) -> Mention | None:  # noqa: ARG002
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
            k = next((n for n in range(j + 1, k) if title_run(ws, n, k) > n), k)
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
                return self._person_after(i, whose[1], last, self._state(whose[0]))
            body = body_at(ws, k, last)
            if body is not None:
                return self._person_after(i, body[1], last, self._body_key(body[0]))
            run = name_run(ws, k, last)
            if run > k:
                known = self._known(" ".join(w.text for w in ws[k:run])) or self._organisation(k, run)
                if known is not None:
                    return self._person_after(i, run, last, known)
            core = actor_phrase(ws, k, last)
            if core is not None:
                return self._person_after(
                    i, core[0], last, self._common_key(core[1], self.text.raw(k, core[0]))
                )
        return self._person_after(i, end, last, owner)

    def _person_after(self, i: int, j: int, last: int, party: str | None) -> Mention:
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


def heading_plain(ws: list[Word], i: int, last: int) -> bool:
    """Whether the words from `i` on that bear capitals merely follow a demonym ("Turkish President")."""
    return title_run(ws, i, last) > i
