"""Moments that stand beside the clauses of a sentence, or alone, and what they are the day of."""

from __future__ import annotations

import re

from truceline.draft.finding import Finding
from truceline.draft.lexicon.load import among
from truceline.draft.reading import Reading
from truceline.draft.text.document import Sentence
from truceline.draft.times.calendar import Moment

STANDING = among("cessation patrols restriction verification")
_LEADS_IN = re.compile(r"\W*(?:\w{1,3}[.)]\W*){0,2}")
_OF_EACH = re.compile(r"\b(?:both|all(?:\s+\w+)?|each)\s*$", re.IGNORECASE)


def timed(finding: Finding) -> bool:
    """Whether it has a deadline, a start or an end."""
    return bool(finding.due or finding.starts or finding.until)


def assign(finding: Finding, moment: Moment) -> None:
    """Makes the moment the finding's deadline, start or end, as its role and the kind have it."""
    if moment.role == "until" or (moment.role == "before" and finding.kind == "restriction"):
        finding.until = moment
    elif finding.kind != "routes" and (
        moment.role == "from" or (moment.role == "on" and finding.kind in STANDING)
    ):
        finding.starts = moment
    else:
        finding.due = moment


def placed(moment: Moment) -> bool:
    """A named day ("D-Day") that the text does not place is no moment."""
    return moment.anchor is None or moment.anchor == "Day 1" or any(moment.amount)


_TO_BE_DONE = re.compile(
    r"(?:to\s+be\s+(?:done|completed|carried\s+out|finished)|(?:all\s+)?(?:this|that|it)\s+(?:is|shall|will|must)\b"
    r"|deadline|due)",
    re.IGNORECASE,
)


class MomentsBeside(Reading):
    """Gives findings the moments that stand beside their clauses."""

    def _dates_beside(self, sentence: Sentence, findings: list[Finding]) -> None:
        """Gives the moments of a sentence that no kept clause holds to the clause that they belong to.

        "Shall release the persons it holds | within 15 days": the clause before. "Starting on 18 October, the
        fighters will cross and | go into camps": what leads in governs the clauses that are joined.
        "(D+2)", "To be done within 36 hours": a sentence that says only when is about its paragraph.
        """
        ws = self.text.words
        start, end = ws[sentence.first].start, ws[sentence.last - 1].end
        inside = [m for m in self.moments if start <= m.start < end and placed(m) and not self._background(m)]
        if not findings:
            self._when_alone(sentence, inside)
            return
        self._shared_by_all(sentence, findings, inside)
        for moment in inside:
            if moment.role == "plain" or any(a <= moment.start < b for f in findings for a, b, _ in f.spans):
                continue
            if moment.role == "on" and not self._ahead(moment):
                continue
            before = [f for f in findings if f.spans[0][1] <= moment.start]
            for finding in before:
                if finding.spans[0] == before[-1].spans[0] and not timed(finding):
                    assign(finding, moment)
            near = moment.start - start < 40 or moment.role in ("due", "before", "until")
            if not before and not any(timed(f) for f in findings) and near:
                for finding in findings:
                    if finding.spans[0] == findings[0].spans[0]:
                        assign(finding, moment)

    def _shared_by_all(self, sentence: Sentence, findings: list[Finding], inside: list[Moment]) -> None:
        """ "Within ten days of signature A leaves the hill and B the village", "A leaves the hill and B the
        village, both on 1 August": what leads in, or is said of both, holds for each."""
        ws, norm = self.text.words, self.text.plain.norm
        start, end = ws[sentence.first].start, ws[sentence.last - 1].end
        leads = next(
            (m for m in inside if m.role != "plain" and _LEADS_IN.fullmatch(norm[start : m.start])), None
        )
        shared = next(
            (
                m
                for m in inside
                if _OF_EACH.search(norm[start : m.start]) and norm[m.end : end].strip(' .;"') == ""
            ),
            None,
        )
        for moment in (leads, shared):
            if moment is None or self._background(moment) or len(findings) < 2:
                continue
            for finding in findings:
                if not timed(finding) and finding.sentence == sentence.index:
                    assign(finding, moment)

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
            if finding.sentence in peers and finding.sentence < sentence.index and not timed(finding):
                assign(finding, moment)

    def _ahead(self, moment: Moment) -> bool:
        """Whether it is a day later than the text's own."""
        own = self.context.own
        return moment.date is not None and own is not None and moment.date > own

    def _background(self, moment: Moment) -> bool:
        """ "As it stood on 19 September 2014", "agreed on Monday": the day of something else."""
        before = self.text.plain.norm[max(0, moment.start - 40) : moment.start]
        if self._ahead(moment) and re.search(r"\bheld\s*$", before, re.IGNORECASE):
            return False  # "a meeting is held on 2 November"
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
