"""Which of the moments in a clause is its deadline, its start or its end; and what a later clause adds."""

from __future__ import annotations

import re
from dataclasses import replace

from truceline.draft.anchors import kinds_named
from truceline.draft.clause import Clause
from truceline.draft.finding import Finding
from truceline.draft.lexicon.load import among
from truceline.draft.measures import number, number_pattern
from truceline.draft.reading import Reading
from truceline.draft.rules.kind import Kind
from truceline.draft.speech import Attribution
from truceline.draft.text.document import Sentence
from truceline.draft.times.calendar import Moment, later

_NOTES = among("nominal item bare participle")
_STANDING = among("cessation patrols restriction verification")
_LASTING = among("cessation patrols restriction")  # kinds that hold for a time
_ONCE = among("weapons_withdrawal forces_withdrawal routes designation zone")  # kinds done once
_HAVE = re.compile(r"\b(?:have|has|had|gives?|given|gave)\b[^.;]*$", re.IGNORECASE)
_SAME = re.compile(
    r"""\b(?P<how>by|within|in|inside|on|before|from|at|until)\s+(?:
        (?:the|that|those|this)\s+same\s+(?:[\w-]+\s+)?(?:dates?|days?|hours?|minute|moment|deadline|time|periods?
            |terms?|time-?\s?limit|timeframe|weeks?|fortnight|months?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)
        |(?:that|the)\s+(?:date|deadline)|then)\b(?!\s+(?:on\s+which|of|when)\b)
        |\b(?P<and>and)\s+in\s*the\s+same\s+time\b""",
    re.VERBOSE | re.IGNORECASE,
)
_FOR = re.compile(
    rf"\bfor\s+(?:an?\s+(?:initial\s+|first\s+)?period\s+of\s+|(?P<next>the\s+next\s+))?(?P<n>{number_pattern()})"
    r"(?:\s*\(\d+\))?\s+(?P<unit>days?|weeks?|months?)\b(?!\s+(?:a|each|per|of)\b)",
    re.IGNORECASE,
)


def _timed(finding: Finding) -> bool:
    return bool(finding.due or finding.starts or finding.until)


def _set(finding: Finding, moment: Moment) -> None:
    if moment.role == "until" or (moment.role == "before" and finding.kind == "restriction"):
        finding.until = moment
    elif finding.kind != "routes" and (
        moment.role == "from" or (moment.role == "on" and finding.kind in _STANDING)
    ):
        finding.starts = moment
    else:
        finding.due = moment


def _placed(moment: Moment) -> bool:
    """A named day ("D-Day") that the text does not place is no moment."""
    return moment.anchor is None or any(moment.amount)


_TO_BE_DONE = re.compile(
    r"(?:to\s+be\s+(?:done|completed|carried\s+out|finished)|(?:all\s+)?(?:this|that|it)\s+(?:is|shall|will|must)\b"
    r"|deadline|due)",
    re.IGNORECASE,
)


class Deadlines(Reading):
    """Gives findings their moments."""

    def _times(self, finding: Finding, clause: Clause, start: int, end: int) -> None:
        inside = [m for m in self.moments if start <= m.start < end and m.role != "plain" and _placed(m)]
        for moment in inside:
            if not self._background(moment):
                self._give(finding, moment, clause)
        if clause.modality in _NOTES and not _timed(finding):
            # "Ferry back in service Feb 28": in a note a bare day is the day meant.
            bare = [m for m in self.moments if start <= m.start < end and m.role == "plain" and m.date]
            ahead = [m for m in bare if self._is_deadline(m)]
            if ahead and finding.kind in _STANDING:
                finding.starts = ahead[0]
            elif ahead:
                finding.due = ahead[0]
        self._same_again(finding, start, end)
        if not _timed(finding) and clause.lead is not None:
            lead = self.text.blocks[clause.lead]
            told = [m for m in self.moments if lead.start <= m.start < lead.end and m.role != "plain"]
            for moment in told:
                if _placed(moment) and not self._background(moment):
                    self._give(finding, moment, clause)
        self._for_a_time(finding, start, end)
        if not _timed(finding):
            self._time_above(finding, clause)
        self.last_due = finding.due or finding.starts or self.last_due

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
            if not block.heading:
                continue
            inside = [m for m in self.moments if block.start <= m.start < block.end]
            if inside and not self._background(inside[-1]):
                self._set_ahead(finding, inside[-1])
            return

    def _set_ahead(self, finding: Finding, moment: Moment) -> None:
        own = self.context.own
        if moment.open is None and _placed(moment) and (not moment.date or not own or moment.date >= own):
            _set(finding, moment)

    def _give(self, finding: Finding, moment: Moment, clause: Clause) -> None:
        """Makes the moment the finding's deadline, start or end, as its words and the kind have it."""
        after = self.text.plain.norm[moment.end : moment.end + 25]
        before = self.text.plain.norm[max(0, moment.start - 40) : moment.start]
        standing = finding.kind in _STANDING
        if moment.role == "until" and _HAVE.search(before) and re.match(r"\s+(?:in\s+which\s+)?to\s", after):
            finding.due = finding.due or moment  # "they have until Friday to leave"
        elif moment.role == "until" and finding.kind in _ONCE and not (clause.negated or finding.negated):
            finding.due = finding.due or moment  # "to withdraw the guns until 20 March"
        elif moment.role == "until" or (
            moment.role == "before" and (clause.negated or finding.negated or finding.kind == "restriction")
        ):
            finding.until = finding.until or moment  # "may not be called up before March 1"
        elif moment.role == "on" and clause.modality == "nominal" and not self._ahead(moment):
            return  # the day on which it was agreed
        elif moment.role == "from" and finding.kind == "routes":
            finding.due = finding.due or moment  # from that day on the road is to be open
        elif moment.role == "from" or (moment.role == "on" and standing and moment.anchor is None):
            finding.starts = finding.starts or moment
        elif moment.role == "on" and not self._is_deadline(moment):
            return
        elif finding.due is None:
            finding.due = moment

    def _same_again(self, finding: Finding, start: int, end: int) -> None:
        """ "By the same date", "before that date", "within the same 35 days": the moment named last."""
        if _timed(finding):
            return
        # A clause is cut before a last "then".
        tail = end + 5 if self.text.plain.norm[end : end + 5].lower() == " then" else end
        match = _SAME.search(self.text.plain.norm, start, tail)
        if match is None:
            return
        named = [
            m
            for m in self.moments
            if m.start < match.start() and m.role != "plain" and _placed(m) and not self._background(m)
        ]
        last = named[-1] if named else self.last_due
        if last is None:
            return
        if (match["how"] or "in").lower() in ("from", "at") and finding.kind in _STANDING:
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
        if base is None:
            return
        count, unit = int(value), match["unit"].lower().rstrip("s")
        amount = {"day": (0, 0, count, 0), "week": (0, count, 0, 0), "month": (count, 0, 0, 0)}[unit]
        words = " ".join(match.group().split())
        finding.until = Moment("until", words, match.start(), match.end(), date=later(base, amount))

    def _dates_beside(self, sentence: Sentence, findings: list[Finding]) -> None:
        """Gives the moments of a sentence that no kept clause holds to the clause that they belong to.

        "Shall release the persons it holds | within 15 days": the clause before. "Starting on 18 October, the
        fighters will cross and | go into camps": what leads in governs the clauses that are joined.
        "(D+2)", "To be done within 36 hours": a sentence that says only when is about its paragraph.
        """
        ws = self.text.words
        start, end = ws[sentence.first].start, ws[sentence.last - 1].end
        inside = [
            m for m in self.moments if start <= m.start < end and _placed(m) and not self._background(m)
        ]
        if not findings:
            self._when_alone(sentence, inside)
            return
        for moment in inside:
            if moment.role == "plain" or any(a <= moment.start < b for f in findings for a, b, _ in f.spans):
                continue
            if moment.role == "on" and not self._ahead(moment):
                continue
            before = [f for f in findings if f.spans[0][1] <= moment.start]
            for finding in before:
                if finding.spans[0] == before[-1].spans[0] and not _timed(finding):
                    _set(finding, moment)
            if not before and not any(_timed(f) for f in findings) and moment.start - start < 40:
                for finding in findings:
                    if finding.spans[0] == findings[0].spans[0]:
                        _set(finding, moment)

    def only_says_when(self, sentence: Sentence) -> bool:
        """Whether a sentence is a moment and nothing else: "(D+5)", "To be done within five days"."""
        ws = self.text.words
        start, end = ws[sentence.first].start, ws[sentence.last - 1].end
        return self._moment_alone(sentence, [m for m in self.moments if start <= m.start < end]) is not None

    def _moment_alone(self, sentence: Sentence, inside: list[Moment]) -> Moment | None:
        own = self.text.raw(sentence.first, sentence.last)
        due = [m for m in inside if m.role in ("due", "before", "on", "from", "plain")]
        if len(due) != 1 or len(own) - len(due[0].text) > (4 if own[:1] in "([" else 24):
            return None
        return due[0] if own[:1] in "([" or _TO_BE_DONE.match(own) is not None else None

    def _when_alone(self, sentence: Sentence, inside: list[Moment]) -> None:
        """A sentence of a moment and nothing else: when the paragraph before it is to be done."""
        moment = self._moment_alone(sentence, inside)
        if moment is None:
            return
        peers = self.text.block_sentences.get(sentence.block, [])
        for finding in self.findings:
            if finding.sentence in peers and finding.sentence < sentence.index and not _timed(finding):
                _set(finding, moment)

    def _ahead(self, moment: Moment) -> bool:
        """Whether it is a day later than the text's own."""
        own = self.context.own
        return moment.date is not None and own is not None and moment.date > own

    def _background(self, moment: Moment) -> bool:
        """ "As it stood on 19 September 2014", "agreed on Monday": the day of something else."""
        before = self.text.plain.norm[max(0, moment.start - 40) : moment.start]
        return bool(
            re.search(
                (
                    r"\b(?:stood|held|signed|agreed|began|begun|laid\s+down|issued|adopted|"
                    r"existed|concluded|occupied|located)\s*(?:\w+\s+)?$|\bof\s*$|"
                    r"\b(?:seized|halted|captured|taken|lost|closed|cut\s+off|broken\s+off|destroyed|"
                    r"abducted|arrested)\b[^,;.]*$"
                ),
                before,
                re.IGNORECASE,
            )
        ) and moment.role in ("on", "from")

    def _is_deadline(self, moment: Moment) -> bool:
        if moment.anchor is not None or moment.amount != (0, 0, 0, 0):
            return True
        if moment.date is None:
            return True
        return self.context.own is None or moment.date >= self.context.own

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
        last.due = self.last_due = due
        last.spans.append((start, end, last.spans[0][2]))
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
