"""Where a clause begins and ends: its subject to the left, and no attribution at its tail."""

from __future__ import annotations

from dataclasses import replace

from truceline.draft.clause import COMMIT, SAID, SPEECH, Clause, Reader
from truceline.draft.lexicon.load import among, words
from truceline.draft.parties.mentions import is_name_part

_BOUNDARY = words("clauses", "boundary")


class Bounds(Reader):
    """Gives each predicate its words."""

    # --- where a clause begins and ends
    def bounded(self, found: list[Clause]) -> list[Clause]:
        out: list[Clause] = []
        if (
            len(found) >= 2
            and self.ws[self.first].text in ("Which", "What", "Who")
            and self.ws[found[1].head - 1].lower not in ("and", "or", ",")
        ):
            # "Which groups must go will be settled": the question is the subject.
            found = found[1:]
            found[0] = replace(found[0], marker="")
            return [
                replace(c, last=self._trim(c.verb + 1, self._tail(c.verb + 1, c.last))) for c in found[:1]
            ]
        for n, clause in enumerate(found):
            floor = found[n - 1].verb + 1 if n else self.first
            start, marker, shared = self._start(clause.head, floor, n > 0)
            if (
                out
                and out[-1].marker in ("which", "who", "that")
                and self.ws[clause.head - 1].text in (",", ")")
                and start >= floor - 1
                and marker in ("", "and")
            ):
                # "groups, which we will list, shall leave": the subject stands before the aside.
                before = out[-1].first - 1
                while before > self.first and self.ws[before - 1].text in (",",):
                    before -= 1
                start, marker, shared = self._start(
                    before, out[-2].verb + 1 if len(out) > 1 else self.first, len(out) > 1
                )
                marker = "resumed"
                shared = False
            earlier = (out[-1].subject or (out[-1].first, out[-1].head)) if shared and out else None
            out.append(replace(clause, first=start, marker=marker, shared=shared, subject=earlier))
        for n, clause in enumerate(out):
            last = self.last
            if n + 1 < len(out):
                following = out[n + 1]
                last = max(
                    following.first if following.marker != "resumed" else following.head, clause.verb + 1
                )
                if (
                    following.commit is not None
                    and following.marker == ""
                    and following.first <= clause.verb + 1
                ):
                    last = max(following.head, clause.verb + 1)
            last = self._tail(clause.verb + 1, last)
            out[n] = replace(clause, last=self._trim(clause.verb + 1, last))
        return out

    def _tail(self, floor: int, last: int) -> int:
        """Without what follows the clause's own words: ", X said", '" said X', ", according to Y", "- an
        apposition"."""
        ws = self.ws
        for k in range(floor, last):
            word = ws[k]
            if word.text in (",", '"') or self._dash(k):
                ahead = ws[k + 1 : min(k + 9, last)]
                for n, other in enumerate(ahead):
                    if other.text in (",", ";", '"') and n > 0:
                        break
                    if (
                        other.lower in among("that which who to by with of in from")
                        and n < 7
                        and not (other.lower == "of" and n > 0)
                    ):
                        break
                    if (
                        other.lemma in SPEECH
                        and self._speaks(other.i)
                        and (other.lower.endswith("ed") or other.lower in SAID)
                    ):
                        return k
            if word.text == "," and k + 1 < last and ws[k + 1].lower == "according":
                return k
            if self._dash(k) and k + 1 < last and ws[k + 1].lower in ("a", "an", "the"):
                return k
            if (
                word.lower in ("and", "but", "while", "although")
                and k + 1 < last
                and (
                    (
                        ws[k + 1].lemma in SPEECH
                        and (ws[k + 1].lower.endswith("ed") or ws[k + 1].lower in SAID)
                    )
                    or (
                        k + 2 < last
                        and ws[k + 2].lemma in SPEECH
                        and ws[k + 1].lower in among("also he she they further")
                        and (ws[k + 2].lower.endswith("ed") or ws[k + 2].lower in SAID)
                    )
                )
            ):
                return k
        return last

    def _trim(self, floor: int, last: int) -> int:
        trailing = {
            ",",
            ";",
            ".",
            "and",
            "but",
            "that",
            "while",
            "whereas",
            "or",
            ":",
            "-",
            "which",
            "who",
            "!",
            "?",
            "where",
            "because",
            "so",
            "as",
            "if",
        }
        while last > floor and (self.ws[last - 1].lower in trailing):
            last -= 1
        return last

    def _start(self, head: int, floor: int, inner: bool) -> tuple[int, str, bool]:
        ws = self.ws
        candidate: int | None = None
        if inner and ws[head - 1].lower in among("and or but then nor") and ws[head].lower not in ("there",):
            return head, "and", True
        k = head - 1
        while k >= floor:
            word = ws[k]
            if word.text in (";", ":") or (self._dash(k) and k + 1 < head):
                return k + 1, "", False
            if (
                word.text == '"'
                and k + 1 < head
                and ws[k + 1].start == word.end
                and (k == self.first or ws[k - 1].end < word.start)
            ):
                return k + 1, "", False
            if word.lower == "that" and self._complementizer(k):
                return k + 1, "that", False
            if k == self.first and word.lower in ("which", "what", "whether") and word.capital:
                return k, "", False
            if word.lower in _BOUNDARY and self._opens(k, head):
                return k + 1, word.lower, False
            if word.lemma in SPEECH and k + 1 < head and self._speaks(k):
                return k + 1, "that", False
            if (
                inner
                and word.lower in among("and but or , nor then")
                and k + 1 < head
                and (candidate is None or (word.lower == "," and candidate == k + 2))
            ):
                nxt = ws[k + 1]
                starts = (
                    nxt.lower
                    in among(
                        "the a an all both no neither each any its their they it we he she this these those "
                        "there none either every our my others his her"
                    )
                    or is_name_part(nxt)
                    or nxt.lower.endswith("s")
                    or nxt.lower in among("and but within by after from")
                )
                coordinated = (
                    k > 0
                    and (is_name_part(ws[k - 1]) or ws[k - 1].text == ")")
                    and (
                        is_name_part(nxt) or (nxt.lower == "the" and k + 2 < head and is_name_part(ws[k + 2]))
                    )
                    and word.lower == "and"
                )
                if starts and not coordinated:
                    candidate = k + 1
            k -= 1
        if candidate is not None:
            return candidate, "and", False
        if inner:
            # "shall X and shall Y": nothing but a conjunction between, so the subject is shared.
            between = [w for w in ws[floor:head] if w.text not in (",",)]
            if (
                not between
                or between[-1].lower in ("and", "or", "but")
                or (ws[head - 1].lower in ("and", "or", "but"))
            ):
                return head, "and", True
        return floor, "", inner and floor >= head

    def _dash(self, k: int) -> bool:
        """A dash with blanks around it, as between clauses; a range or a compound has none."""
        word = self.ws[k]
        return (
            word.text in ("-", "--")
            and self.first < k < self.last - 1
            and self.ws[k - 1].end < word.start
            and word.end < self.ws[k + 1].start
        )

    def _complementizer(self, k: int) -> bool:
        previous = self.ws[k - 1] if k > self.first else None
        if previous is None:
            return True
        if previous.lower in (
            "in",
            "on",
            "of",
            "from",
            "by",
            "at",
            "within",
            "after",
            "before",
            "for",
            "to",
            "into",
            "under",
            "than",
            "until",
            "with",
            "and" if False else "over",
            "inside",
        ):
            return previous.lower in ("in",) and False
        return True

    def _opens(self, k: int, head: int) -> bool:
        word = self.ws[k]
        if (
            word.lower == "after"
            and self.ws[head].lemma in COMMIT
            and not any(s <= k < e for s, e in self.skips.items())
        ):
            return True
        if word.lower in among("after before until as once so since"):
            # A preposition with its noun opens no clause; a conjunction does.
            if any(s <= k < e for s, e in self.skips.items()):
                return False
            closed = any(w.text == "," for w in self.ws[k + 1 : head])
            return not closed and word.lower not in ("after", "before", "until") and word.lower != "as"
        if word.lower in among(
            "if unless when while although though because whereas provided what where how why"
        ):
            comma = next((j for j in range(k + 1, head) if self.ws[j].text == ","), None)
            return comma is None or (word.lower in ("what", "while", "whereas") and comma is None)
        if word.lower in ("which", "who", "whose", "whom"):
            # A relative clause that a comma closed before our predicate is inside the subject.
            commas = [j for j in range(k + 1, head) if self.ws[j].text == ","]
            return not commas or not (k > self.first and self.ws[k - 1].text == ",")
        return True

    def _speaks(self, k: int) -> bool:
        word = self.ws[k]
        if word.lower.endswith("ing") and word.lemma != word.lower:
            return word.lower in among(
                "saying adding announcing declaring confirming stating noting pledging promising"
            )
        if word.lemma in among(
            "report note point state back support call claim question demand answer request post "
            "signal blame object doubt appeal fault voice ask hope protest fear welcome observe "
            "speak quote describe warn"
        ):
            return (
                word.lower.endswith(("ed", "said", "spoke"))
                and k > self.first
                and self.ws[k - 1].lower not in ("be", "the")
            )
        return not (
            k > self.first and self.ws[k - 1].lower in among("the a an to be is are as was were been")
        )
