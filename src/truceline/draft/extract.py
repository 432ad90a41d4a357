"""Goes through a text sentence by sentence and gathers provisions and statements."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from truceline.draft.bound import Resolver
from truceline.draft.candidates import Candidate, Candidates
from truceline.draft.clause import Clause
from truceline.draft.details import fill
from truceline.draft.finding import Finding, Said
from truceline.draft.judging.judge import Verdict, bar, judge
from truceline.draft.judging.table import at_the_table, told_of_table
from truceline.draft.kinds import kinds_as
from truceline.draft.lexicon.load import among
from truceline.draft.parties.recognise import Recogniser
from truceline.draft.routes import routes_in
from truceline.draft.rules.kind import Kind
from truceline.draft.speech import Attribution, takes_a_stance
from truceline.draft.standing import DECISIVE, Standing
from truceline.draft.text.document import Sentence, Text
from truceline.draft.times.calendar import DateContext, Moment

_FEW = 6


@dataclass(slots=True)
class Harvest:
    """All that the rules took from a text."""

    text: Text
    findings: list[Finding]
    said: list[Said]
    reader: Recogniser
    resolver: Resolver
    context: DateContext
    standing: Standing
    moments: list[Moment]


def harvest(raw: str, published: dt.date | None) -> Harvest:
    """Reads a text whole."""
    return Harvester(raw, published).run()


class Harvester(Candidates):
    """Gathers."""

    bar = 1.0  # how probable a clause must be to be kept

    def begin(self) -> None:
        """Tells the resolver who speaks as "we"."""
        if self.author is not None:
            self.resolver.speaker = self.author[1]

    @cached_property
    def read(self) -> list[tuple[Sentence, list[Attribution], list[Candidate]]]:
        """The candidates, read once."""
        self.begin()
        return self.candidates()

    def run(self, judged: Sequence[Verdict] | None = None) -> Harvest:
        """Gathers by the judge's verdicts on the candidates, or by others; may be called again."""
        read = self.read
        if judged is None:
            judged = judge([c.told for _, _, found in read for c in found])
        self.findings, self.said, self.last_due = [], [], None
        self.resolver.principals = self.resolver.written
        self.resolver.principals = self._table(judged)
        self.bar = bar(judged)
        verdicts = iter(judged)
        self.resolver.forget()
        for sentence, sayings, found in read:
            before = len(self.findings)
            alone = self.only_says_when(sentence)
            for candidate in found:
                verdict = next(verdicts)
                if not alone:
                    self._clause(candidate, verdict)
            if not found:
                self._note_subject(sentence)
            self._dates_beside(sentence, self.findings[before:])
            self._statements(sentence, sayings, self.findings[before:])
        return Harvest(
            self.text,
            self.findings,
            self.said,
            self.reader,
            self.resolver,
            self.context,
            self.standing,
            self.moments,
        )

    def _table(self, judged: Sequence[Verdict]) -> tuple[str, ...]:
        """Who is at the table; a text of few sentences tells too little to weigh it anew."""
        written = self.resolver.written
        if len(self.text.sentences) < _FEW and len(written) > 1:
            return written
        return at_the_table(self.told_of_table(judged)) or written

    def told_of_table(self, verdicts: Sequence[Verdict]) -> dict[str, tuple[str, ...]]:
        """What is told of each party, by which it is weighed who is at the table."""
        acts: dict[str, float] = {}
        named: dict[str, float] = {}
        candidates = [c for _, _, found in self.read for c in found]
        for candidate, verdict in zip(candidates, verdicts, strict=True):
            clause = candidate.clause
            if verdict.kind == "verification" or verdict.binds < 0.3:
                continue
            inside = self.resolver.within(*clause.subject) if clause.subject else []
            if any(m.kind in ("party", "place") for m in inside) and not clause.passive:
                for key in candidate.subject:
                    acts[key] = acts.get(key, 0.0) + verdict.binds
            for key in {
                k
                for m in self.resolver.within(clause.first, clause.last)
                if m.kind == "party"
                for k in self.resolver.of_mention(m)
            }:
                named[key] = named.get(key, 0.0) + verdict.binds
        return told_of_table(self.resolver, acts, named)

    def _clause(self, candidate: Candidate, verdict: Verdict) -> None:
        clause, speaker = candidate.clause, candidate.speaker
        subject = self._subject(clause, speaker)
        self.resolver.note_subject(subject)
        if verdict.binds < self.bar or candidate.reason in DECISIVE:
            return
        seen = {kind.name for kind in candidate.kinds} - {"other"}
        if candidate.reason == "about the text itself" and verdict.kind not in seen:
            return
        text = self.text
        own = text.raw(clause.first, clause.last)
        if self.findings and re.search(
            r"\b(?:do|does|did)\s+(?:the\s+same|likewise)\b|\bfollow\s+suit\b", own
        ):
            self._again(clause, subject, speaker)
            return
        # The judge knows of the rules' kind; where it wavers between two of them, the rules' word counts.
        ranked = sorted(verdict.kinds, key=lambda one: -one[1] * (2.0 if one[0] in seen else 1.0))
        kinds = next(
            found
            for name, _ in ranked
            if (found := kinds_as(candidate.kinds, name, clause, text, self.things))
        )
        if self._completes(clause, kinds[0]) or self._continues(clause, kinds[0]):
            return
        for kind in kinds:
            routes = routes_in(own) if kind.name == "routes" else []
            for n in range(max(1, len(routes))):
                self._finding(clause, kind, subject, speaker, verdict)
                self.findings[-1].route = routes[n] if routes else None

    def _finding(
        self,
        clause: Clause,
        kind: Kind,
        subject: tuple[str, ...],
        speaker: Attribution | None,
        verdict: Verdict,
    ) -> None:
        text = self.text
        ws = text.words
        start, end = ws[clause.first].start, ws[clause.last - 1].end
        finding = Finding(
            kind=kind.name,
            spans=[(start, end, speaker.name if speaker else None)],
            sentence=clause.sentence.index,
            weapons=kind.weapons,
            distance=kind.distance,
            count=kind.count,
            counted=kind.counted,
            negated=kind.forbids and kind.name not in ("ceiling",),
        )
        self._times(finding, clause, start, end)
        before = self.findings[-1].bound if self.findings else ()
        fill(finding, clause, subject, speaker.key if speaker else None, text, self.resolver, before)
        finding.confidence = round(min(0.95, max(0.3, verdict.binds)), 2)
        self.findings.append(finding)

    # --- statements
    def _statements(self, sentence: Sentence, sayings: list[Attribution], findings: list[Finding]) -> None:
        ws = self.text.words
        for saying in sayings:
            start, end = ws[saying.first].start, ws[saying.last - 1].end
            if saying.last == sentence.last and len(sayings) > 1 and saying is sayings[-1]:
                start = ws[max(saying.first, sentence.first)].start
            held = [f for f in findings if any(a < end and start < b for a, b, _ in f.spans)]
            if held and not takes_a_stance(ws[saying.verb].lemma):
                continue
            if held and len(sayings) == 1:
                at = ws[saying.verb].start
                if any(a <= at < b for f in held for a, b, _ in f.spans) or saying.verb == sentence.first:
                    continue
                if at < min(a for f in held for a, _, _ in f.spans):
                    continue
                start = at
            if self._is_background(saying, sentence):
                continue
            last = end
            while last > start and self.text.plain.norm[last - 1] in " .,;":
                last -= 1
            self.said.append(
                Said(saying.name, saying.key, saying.stance, start, max(last, start + 1), sentence.index)
            )

    def _is_background(self, saying: Attribution, sentence: Sentence) -> bool:
        words = self.text.words[saying.verb]
        if words.lemma in among(
            "announce report call describe write mention quote recall establish note indicate "
            "speak agree observe say tell"
        ):
            said = self.text.raw(sentence.first, sentence.last)
            if words.lemma in ("speak", "observe") and not re.search(
                r"\bof\b", self.text.raw(saying.verb, min(saying.verb + 3, sentence.last))
            ):
                return True
            if words.lemma == "announce" and saying.stance == "neutral":
                return True
            if (
                re.search(r"\b(?:killed|wounded|people\s+(?:died|fled)|residents|shelled\s+villages)\b", said)
                and saying.stance == "neutral"
            ):
                return True
        return False
