"""Which of the moments in a clause is its deadline, its start or its end; and what a later clause adds."""

from __future__ import annotations

import re
from dataclasses import replace

from truceline.draft.anchors import kinds_named
from truceline.draft.clause import Clause
from truceline.draft.finding import Finding
from truceline.draft.lexicon.load import among
from truceline.draft.reading import Reading
from truceline.draft.rules.kind import Kind
from truceline.draft.speech import Attribution
from truceline.draft.text.document import Sentence
from truceline.draft.times.calendar import Moment

_NOTES = among("nominal item bare participle")


class Deadlines(Reading):
    """Gives findings their moments."""

    def _times(self, finding: Finding, clause: Clause, start: int, end: int) -> None:
        inside = [m for m in self.moments if start <= m.start < end and m.role != "plain"]
        standing = finding.kind in ("cessation", "patrols", "restriction", "verification")
        for moment in inside:
            if self._background(moment):
                continue
            if moment.role == "until":
                finding.until = finding.until or moment
            elif moment.role == "on" and clause.modality == "nominal":
                continue  # the day on which it was agreed
            elif moment.role == "from" and finding.kind == "routes":
                finding.due = finding.due or moment  # from that day on the road is to be open
            elif moment.role == "from" or (moment.role == "on" and standing and moment.anchor is None):
                finding.starts = finding.starts or moment
            elif moment.role == "on" and not self._is_deadline(moment):
                continue
            elif finding.due is None:
                finding.due = moment
        if clause.modality in _NOTES and not (finding.due or finding.starts or finding.until):
            # "Ferry back in service Feb 28": in a note a bare day is the day meant.
            bare = [m for m in self.moments if start <= m.start < end and m.role == "plain" and m.date]
            ahead = [m for m in bare if self._is_deadline(m)]
            if ahead and standing:
                finding.starts = ahead[0]
            elif ahead:
                finding.due = ahead[0]
        own = self.text.plain.norm[start:end]
        if finding.due is None and self.last_due is not None and re.search(
            (r"\b(?:by|within|in|on|before)\s+(?:the|that)\s+(?:same\s+(?:date|day|"
r"deadline|time|period|term|time-?limit|timeframe)|date|deadline)\b|"
r"\b(?:and|in)\s+in?\s*the\s+same\s+time\b"), own, re.IGNORECASE
        ):  # fmt: skip
            finding.due = self.last_due
        if finding.due is None and clause.lead is not None:
            lead = self.text.blocks[clause.lead]
            finding.due = next(
                (
                    m
                    for m in self.moments
                    if lead.start <= m.start < lead.end and m.role in ("due", "before", "on")
                ),
                None,
            )
        if finding.due is not None:
            self.last_due = finding.due

    def _dates_beside(self, sentence: Sentence, findings: list[Finding]) -> None:
        """A moment that stands in no clause that was kept belongs to the one before it: "shall release the
        persons it holds | within 15 days"."""
        if not findings:
            return
        ws = self.text.words
        start, end = ws[sentence.first].start, ws[sentence.last - 1].end
        for moment in self.moments:
            if not start <= moment.start < end or moment.role not in ("due", "before", "until", "from"):
                continue
            if any(a <= moment.start < b for f in findings for a, b, _ in f.spans) or self._background(
                moment
            ):
                continue
            before = [f for f in findings if f.spans[0][1] <= moment.start]
            for finding in before[-1:]:
                if finding.due or finding.starts or finding.until:
                    continue
                if moment.role == "until":
                    finding.until = moment
                elif moment.role == "from":
                    finding.starts = moment
                else:
                    finding.due = moment

    def _background(self, moment: Moment) -> bool:
        """ "As it stood on 19 September 2014", "agreed on Monday": the day of something else."""
        before = self.text.plain.norm[max(0, moment.start - 40) : moment.start]
        return bool(
            re.search(
                (
                    r"\b(?:stood|held|signed|agreed|began|begun|laid\s+down|issued|adopted|"
                    r"existed|concluded|occupied|located|of)\s*(?:\w+\s+)?$"
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
        verb = self.text.words[clause.verb].lemma
        own = self.text.raw(clause.first, clause.last)
        tail = (
            re.match(r"(?:and\s+)?the\s+last(?:\s+of\s+(?:them|its|their|these))?\b", own, re.IGNORECASE)
            is not None
        )
        if (tail and self.findings and kind.name == self.findings[-1].kind) or (
            tail and kind.name == "forces_withdrawal"
        ):
            pass
        elif (
            verb not in among("complete finish conclude accomplish finalise finalize")
            or not clause.passive
            or not self.findings
        ):
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
        if not self.findings:
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
