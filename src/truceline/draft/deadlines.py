"""Which of the moments in a clause is its deadline, its start or its end; and what a later clause adds."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from truceline.draft.anchors import kinds_named
from truceline.draft.beside import STANDING, MomentsBeside, assign, placed, timed
from truceline.draft.clause import Clause
from truceline.draft.finding import Finding
from truceline.draft.lexicon.load import among
from truceline.draft.measures import number, number_pattern
from truceline.draft.rules.kind import Kind
from truceline.draft.speech import Attribution
from truceline.draft.times.calendar import Moment, later

_NOTES = among("nominal item bare participle")
_LASTING = among("cessation patrols restriction")  # kinds that hold for a time
_ONCE = among("weapons_withdrawal forces_withdrawal routes designation zone")  # kinds done once
_HAVE = re.compile(r"\b(?:have|has|had|gives?|given|gave)\b[^.;]*$", re.IGNORECASE)
_SAME = re.compile(
    r"""\b(?P<how>by|within|in|inside|on|before|from|at|until)\s+(?:
        (?:the|that|those|this)\s+same\s+(?:[\w-]+\s+)?(?:dates?|days?|hours?|minute|moment|deadline|time|periods?
            |terms?|delay|span|interval|time-?\s?limit|timeframe|weeks?|fortnight|months?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)
        |(?:that|the)\s+(?:date|deadline)|then)\b(?!\s+(?:on\s+which|of|when)\b)
        |\b(?P<and>and)\s+in\s*the\s+same\s+time\b""",
    re.VERBOSE | re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:for|(?:run|last|hold|endure|be\s+valid)(?:s|ed|ing)?(?:\s+for)?)\s+"
    r"(?:(?:an?|the)\s+(?:initial\s+|first\s+)?(?:period|term|space|time)\s+of\s+|(?P<next>the\s+next\s+))?"
    rf"(?P<n>{number_pattern()})"
    r"(?:\s*\(\d+\))?\s+(?P<unit>days?|weeks?|months?)\b(?!\s+(?:a|each|per|of)\b)",
    re.IGNORECASE,
)
# "That is by 5 June", "namely midnight": the words before are said again, and better.
_SAID_AGAIN = re.compile(
    r"(?:\bthat\s+is(?:\s+to\s+say)?|\bi\.e\.|\bnamely|\bviz\.?)\s*,?\s+(?:until\s+|by\s+|on\s+|from\s+)?$",
    re.IGNORECASE,
)


_AGREED_THEN = re.compile(
    r"\b(?:agreed|said|signed|announced|told|decided|pledged|promised|undertook|vowed|settled)\b",
    re.IGNORECASE,
)
_WEEKDAY_ALONE = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b(?!,?\s+\d)", re.IGNORECASE)
_DONE_AT_ONCE = among(
    "bring set release deliver transfer hand exchange submit present complete finish establish open form "
    "return remove lift publish restore post"
)


class Deadlines(MomentsBeside):
    """Gives findings their moments."""

    def _times(self, finding: Finding, clause: Clause, start: int, end: int) -> None:
        inside = [m for m in self.moments if start <= m.start < end and m.role != "plain" and placed(m)]
        for n, moment in enumerate(inside):
            again = n + 1 < len(inside) and self._said_again(moment, inside[n + 1])
            if not again and not self._background(moment) and not self._elsewhere(moment, clause):
                moment = self._like_the_first(inside[n - 1] if n else None, moment)
                self._give(finding, self._as_past(moment, clause), clause)
        if clause.modality in _NOTES and not timed(finding):
            # "Ferry back in service Feb 28": in a note a bare day is the day meant.
            bare = [m for m in self.moments if start <= m.start < end and m.role == "plain" and m.date]
            ahead = [m for m in bare if self._is_deadline(m)]
            if ahead and finding.kind in STANDING:
                finding.starts = ahead[0]
            elif ahead:
                finding.due = ahead[0]
        self._same_again(finding, start, end)
        if not timed(finding) and clause.lead is not None:
            lead = self.text.blocks[clause.lead]
            told = [m for m in self.moments if lead.start <= m.start < lead.end and m.role != "plain"]
            for moment in told:
                if placed(moment) and not self._background(moment):
                    self._give(finding, moment, clause)
        self._for_a_time(finding, start, end)
        if not timed(finding):
            self._time_above(finding, clause)
        self.last_due = finding.due or finding.starts or self.last_due

    def _elsewhere(self, moment: Moment, clause: Clause) -> bool:
        """ "If the wounded are out by Sunday, the Council frees ...", "on Wednesday the two agreed that ...":
        the day of the condition, or of the talks."""
        norm, ws = self.text.plain.norm, self.text.words
        verb = ws[clause.verb].start
        before = norm[ws[clause.first].start : moment.start]
        between = norm[moment.end : verb]
        if (
            moment.start < verb
            and re.match(r"\W*(?:if|unless)\b[^,;]*$", before, re.IGNORECASE)
            and "," in between
        ):
            return True
        return (
            moment.role in ("on", "plain")
            and moment.start < verb
            and _AGREED_THEN.search(between) is not None
        )

    def _as_past(self, moment: Moment, clause: Clause) -> Moment:
        """What is told as past ("were to fall silent on Tuesday") was due on the last such weekday."""
        own = self.context.own
        if (
            clause.modality not in ("past", "were_to")
            or own is None
            or moment.date is None
            or not own < moment.date <= own + dt.timedelta(days=6)
            or _WEEKDAY_ALONE.search(moment.text) is None
        ):
            return moment
        return replace(moment, date=moment.date - dt.timedelta(days=7))

    def _said_again(self, first: Moment, second: Moment) -> bool:
        between = self.text.plain.norm[first.end : second.start]
        return len(between) < 60 and _SAID_AGAIN.search(between) is not None and second.date is not None

    def _like_the_first(self, first: Moment | None, moment: Moment) -> Moment:
        """ "A fortnight later, that is on 5 June": the second is as the first was said to be."""
        if first is None or moment.role not in ("on", "plain") or not self._said_again(first, moment):
            return moment
        return replace(moment, role=first.role)

    def _time_above(self, finding: Finding, clause: Clause) -> None:
        """ "Day 3: the boats leave; ...", "WEEK 2 (12-18 April)" over a list: the day with which a line
        begins, or that stands in the heading above it."""
        sentence = clause.sentence
        ws, norm = self.text.words, self.text.plain.norm
        start = ws[sentence.first].start
        for moment in self.moments:
            if start <= moment.start < start + 16 and re.match(
                r"[\s)\]]*(?::|-\s)", norm[moment.end : moment.end + 4]
            ):
                self._set_ahead(finding, moment)
                return
        for n in range(sentence.block - 1, max(2, sentence.block - 12), -1):
            block = self.text.blocks[n]
            if not block.heading or block.rank == "row":
                continue
            inside = [m for m in self.moments if block.start <= m.start < block.end]
            if inside and not self._background(inside[-1]) and inside[-1].date != self.context.own:
                self._set_ahead(finding, inside[-1])
            return

    def _set_ahead(self, finding: Finding, moment: Moment) -> None:
        own = self.context.own
        if moment.open is None and placed(moment) and (not moment.date or not own or moment.date >= own):
            assign(finding, moment)

    def _give(self, finding: Finding, moment: Moment, clause: Clause) -> None:
        """Makes the moment the finding's deadline, start or end, as its words and the kind have it."""
        after = self.text.plain.norm[moment.end : moment.end + 25]
        before = self.text.plain.norm[max(0, moment.start - 40) : moment.start]
        standing = finding.kind in STANDING
        if moment.role == "until" and _HAVE.search(before) and re.match(r"\s+(?:in\s+which\s+)?to\s", after):
            finding.due = finding.due or moment  # "they have until Friday to leave"
        elif (
            moment.role == "until"
            and self._done_once(finding, clause)
            and not (clause.negated or finding.negated)
        ):
            finding.due = finding.due or moment  # "to withdraw the guns until 20 March"
        elif moment.role == "until" or (
            moment.role == "before" and (clause.negated or finding.negated or finding.kind == "restriction")
        ):
            finding.until = finding.until or moment  # "may not be called up before March 1"
        elif moment.role == "on" and clause.modality == "nominal" and moment.date and not self._ahead(moment):
            return  # the day on which it was agreed
        elif moment.role == "from" and finding.kind == "routes":
            finding.due = finding.due or moment  # from that day on the road is to be open
        elif moment.role == "from" or (moment.role == "on" and standing and moment.anchor is None):
            finding.starts = finding.starts or moment
        elif moment.role == "on" and not self._is_deadline(moment):
            return
        elif finding.due is None:
            finding.due = moment

    def _done_once(self, finding: Finding, clause: Clause) -> bool:
        """ "To withdraw the guns until 20 March", "to hand over the lists until 5 May": not for so long."""
        if finding.kind in _ONCE:
            return True
        return (
            finding.kind in ("other", "verification") and self.text.words[clause.verb].lemma in _DONE_AT_ONCE
        )

    def _same_again(self, finding: Finding, start: int, end: int) -> None:
        """ "By the same date", "before that date", "within the same 35 days": the moment named last."""
        if timed(finding):
            return
        # A clause is cut before a last "then".
        tail = end + 5 if self.text.plain.norm[end : end + 5].lower() == " then" else end
        match = _SAME.search(self.text.plain.norm, start, tail)
        if match is None:
            return
        named = [
            m
            for m in self.moments
            if m.start < match.start() and m.role != "plain" and placed(m) and not self._background(m)
        ]
        if re.search(r"\b(?:hour|minute)$", match.group(), re.IGNORECASE):
            named = [m for m in named if m.clock is not None] or named
        last = named[-1] if named else self.last_due
        if last is None:
            return
        if (match["how"] or "in").lower() in ("from", "at") and finding.kind in STANDING:
            finding.starts = last
        else:
            finding.due = last

    def _for_a_time(self, finding: Finding, start: int, end: int) -> None:
        """ "For 60 days from 1 May", "for the next 60 days": the end of what holds for a time."""
        if finding.until is not None or finding.kind not in _LASTING:
            return
        match = _FOR.search(self.text.plain.norm, start, end)
        value = number(match["n"]) if match is not None else None
        if match is None or value is None:
            return
        begin = finding.starts or finding.due
        base = self.context.own if match["next"] else (begin.date if begin is not None else None)
        count, unit = int(value), match["unit"].lower().rstrip("s")
        amount = {"day": (0, 0, count, 0), "week": (0, count, 0, 0), "month": (count, 0, 0, 0)}[unit]
        words = " ".join(match.group().split())
        if base is None:
            finding.lasts = Moment("until", words, match.start(), match.end(), amount=amount)
            return
        finding.until = Moment("until", words, match.start(), match.end(), date=later(base, amount))

    def _again(self, clause: Clause, subject: tuple[str, ...], speaker: Attribution | None) -> None:
        """ "The League will do the same": the last provision, for another party."""
        last = self.findings[-1]
        span = (
            self.text.words[clause.first].start,
            self.text.words[clause.last - 1].end,
            speaker.name if speaker else None,
        )
        self.findings.append(
            replace(last, spans=[span], bound=subject, sentence=clause.sentence.index, opens=[])
        )

    def _completes(self, clause: Clause, kind: Kind) -> bool:
        """ "The exchange is to be completed by 20 January": the deadline of what was just said."""
        if not self.findings:
            return False
        verb = self.text.words[clause.verb].lemma
        own = self.text.raw(clause.first, clause.last)
        tail = (
            re.match(r"(?:and\s+)?the\s+last(?:\s+of\s+(?:them|its|their|these))?\b", own, re.IGNORECASE)
            is not None
        )
        if (tail and kind.name == self.findings[-1].kind) or (tail and kind.name == "forces_withdrawal"):
            pass
        elif verb not in among("complete finish conclude accomplish finalise finalize") or not clause.passive:
            return False
        subject = self.text.raw(clause.first, clause.head)
        named = kinds_named(subject)
        last = next((f for f in reversed(self.findings) if f.kind in named), None) or self.findings[-1]
        if last.due is not None or last.sentence < clause.sentence.index - (8 if last.kind in named else 1):
            return False
        if (
            not named
            and not tail
            and re.match(r"(?:the|this|these|that|it|they)\b", subject, re.IGNORECASE) is None
        ):
            return False
        if kind.name not in ("other", last.kind) and not tail and not named:
            return False
        start, end = self.text.words[clause.first].start, self.text.words[clause.last - 1].end
        due = next(
            (m for m in self.moments if start <= m.start < end and m.role in ("due", "before", "on")), None
        )
        if due is None:
            return False
        self.last_due = due
        own_span = last.spans[0]
        for finding in self.findings:
            if finding is last or (finding.kind == last.kind == "routes" and finding.spans[0] == own_span):
                finding.due = due
                finding.spans.append((start, end, own_span[2]))
        return True

    def _continues(self, clause: Clause, kind: Kind) -> bool:
        """ "... will send monitors, who are to report": part of the verification just found."""
        if clause.marker not in ("who", "which") or kind.name != "verification" or not self.findings:
            return False
        last = self.findings[-1]
        return last.kind == "verification" and last.sentence == clause.sentence.index

    def _before_aside(self, clause: Clause) -> int:
        """Where the aside between a subject and its verb begins: "groups, which we will list, shall
        leave"."""
        for word in self.text.words[clause.first : clause.head]:
            if word.lower in ("which", "who", "that", "whom"):
                return word.i
        return clause.head

    def _lead_subject(self, clause: Clause) -> tuple[str, ...]:
        lead = self.text.blocks[clause.lead] if clause.lead is not None else None
        if lead is None:
            return ()
        first, last = self.text.word_from(lead.start), self.text.word_from(lead.end)
        return self.resolver.group(first, last, None)
