"""Mentions of states, organisations and kinds of actors."""

from __future__ import annotations

from truceline.draft.lexicon.load import among, words
from truceline.draft.parties.evidence import LOCATIVE
from truceline.draft.parties.mentions import (
    FORCES,
    GROUPS,
    ORGANISATIONS,
    ORGANS,
    STANDALONE_ACRONYM,
    WATCHERS,
    Mention,
    abbreviates,
    is_name_part,
    plain_word,
    territory_at,
)
from truceline.draft.parties.people import function_word, title_run
from truceline.draft.parties.phrases import (
    actor_phrase,
    body_at,
    collective_at,
    is_state_phrase,
    name_run,
)
from truceline.draft.parties.titled import PersonReader, heading_plain
from truceline.draft.text.plain import fold

_PLACE_AFTER = words("recognise", "place_after")
_ARMS = frozenset(
    ["armed", "regular", "ground", "land", "naval", "air", "special", "security", "military", "government"]
)


class PartyReader(PersonReader):
    """Reads parties."""

    def _collective(self, i: int, first: int, last: int) -> Mention | None:  # noqa: ARG002
        return collective_at(self.text.words, i, last)

    def _territory(self, i: int, first: int, last: int) -> Mention | None:
        ws = self.text.words
        j = i + 1 if ws[i].lower in ("the", "all", "both", "any") else i
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
        if k + 1 < last and ws[k].lower in _ARMS and ws[k + 1].lemma in FORCES:
            k += 1
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
            in among(
                "leader president minister government representative delegation side consent support "
                "part behalf force army troop mediation auspices"
            )
            for w in window
        )

    def _body(self, i: int, first: int, last: int) -> Mention | None:  # noqa: ARG002
        ws = self.text.words
        j = i + 1 if ws[i].lower in ("the", "a", "an") and i + 1 < last else i
        hit = body_at(ws, j, last)
        if hit is None:
            return None
        run = name_run(ws, j, last)
        if any(w.lemma in ORGANISATIONS for w in ws[hit[1] : run]):
            return None
        end = hit[1]
        if end < last and ws[end].text == "'s":
            end += 1
        if end < last and (
            ws[end].lemma in WATCHERS | FORCES
            or ws[end].lemma in among("official envoy spokesman diplomat staff")
        ):
            end += 1
        return self._party(i, end, self._body_key(hit[0]), head="body")

    def _named(self, i: int, first: int, last: int) -> Mention | None:
        ws = self.text.words
        j = i + 1 if ws[i].lower in among("the a an all any some") and i + 1 < last else i
        if ws[j].lower.endswith(("-backed", "-aligned", "-led", "-supported")) and j + 1 < last:
            j += 1  # "the Iran-aligned Houthi movement"
        end = name_run(ws, j, last)
        if end == j or function_word(ws[j]):
            return None
        if end < last and ws[end].lower in ("of", "for"):
            # "Ana Ruiz Foreign Minister of Lorr": the title is no part of the name.
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
        if end == j + 1 and name.endswith("s") and name[:-1].isupper() and len(name) > 2:
            # "the DGMOs": several who hold one office.
            return Mention(i, end, "place", (), name, head="name")
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
                or ws[end].lemma in among("force troop soldier fighter delegation movement guerrilla")
            )
        ):
            return self._with_tail(i, end, last, self._proper(name))
        if end - j >= 2 and self._looks_personal(j, end, first, last):
            self.people.add(name, None)
            return Mention(i, end, "person", (), name, head="person")
        return Mention(i, end, "place", (), name, head="name")

    def _common(self, i: int, first: int, last: int) -> Mention | None:
        ws = self.text.words
        if ws[i].lower in ("state",):
            return None
        phrase = actor_phrase(ws, i, last)
        if phrase is None:
            return None
        end, core, head = phrase
        if head in WATCHERS and end + 1 < last and ws[end + 1].lower in ("its", "their"):
            return None  # "a team of its officers": the pronoun says whose they are
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
            body = body_at(ws, k, last)
            if body is not None and head in WATCHERS | FORCES and ws[end].lower == "of":
                whole = self._body(k, first, last) or self._named(k, first, last)
                if whole is not None and whole.kind == "party":
                    return self._party(i, whole.last, whole.keys[0], forces=head in FORCES, head="body")
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
        if core in among("state command leadership defence defense police personnel group unit party"):
            return None
        if head in FORCES and core == head and core not in ("army", "military"):
            return None
        name = self.text.raw(i, end)
        return self._party(
            i, end, self._common_key(core, name), forces=head in FORCES | {"fighter", "militant"}, head=head
        )
