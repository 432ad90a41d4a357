"""Goes through a text sentence by sentence and gathers provisions and statements."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from truceline.draft.bound import Resolver
from truceline.draft.clause import Clause
from truceline.draft.deadlines import Deadlines
from truceline.draft.details import fill
from truceline.draft.finding import Finding, Said
from truceline.draft.kinds import kinds_of
from truceline.draft.lexicon.load import among
from truceline.draft.parties.recognise import Recogniser
from truceline.draft.routes import routes_in
from truceline.draft.rules.kind import Kind
from truceline.draft.speech import Attribution, attributions, takes_a_stance
from truceline.draft.standing import Standing, why_not
from truceline.draft.text.document import Sentence, Text
from truceline.draft.times.calendar import DateContext, Moment


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
    return _Harvester(raw, published).run()


class _Harvester(Deadlines):
    """Gathers."""

    def run(self) -> Harvest:
        if self.author is not None:
            self.resolver.speaker = self.author[1]
        if not self.standing.agreed and not self.standing.failed and self._binds_all_the_same():
            self.standing = replace(self.standing, agreed=True)
        for sentence in self.text.sentences:
            if not self.text.blocks[sentence.block].heading:
                self._sentence(sentence)
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

    # --- a sentence
    def _sentence(self, sentence: Sentence) -> None:
        sayings = attributions(self.text, sentence, self.resolver, self.author)
        clauses = self._clauses(sentence)
        before = len(self.findings)
        previous_end = sentence.first
        for n, clause in enumerate(clauses):
            speaker = self._speaker(sayings, clause)
            verb = self.text.words[clause.verb].lemma
            if (
                verb in ("ensure", "guarantee", "see", "make")
                and n + 1 < len(clauses)
                and (
                    clauses[n + 1].marker in ("that", "resumed")
                    or (n + 2 < len(clauses) and clauses[n + 2].marker == "resumed")
                )
            ):
                # "will ensure that X shall": the inner clause is the provision.
                self.resolver.note_subject(self.resolver.subject(clause, speaker.key if speaker else None))
                previous_end = clause.verb + 1
                continue
            self._clause(clause, speaker, previous_end)
            previous_end = clause.verb + 1
        own = self.findings[before:]
        self._statements(sentence, sayings, own)
        self._note_subject(sentence, clauses)

    def _note_subject(self, sentence: Sentence, clauses: list[Clause]) -> None:
        if clauses:
            return
        parties = self.resolver.within(sentence.first, min(sentence.first + 12, sentence.last))
        for mention in parties:
            if mention.kind in ("party", "collective"):
                self.resolver.note_subject(self.resolver.of_mention(mention))
                return

    def _speaker(self, sayings: list[Attribution], clause: Clause) -> Attribution | None:
        for saying in sayings:
            if saying.first <= clause.head < saying.last and saying.verb != clause.verb:
                return saying
        return None

    def _clause(self, clause: Clause, speaker: Attribution | None, previous_end: int) -> None:
        text = self.text
        kinds = kinds_of(clause, text, self.things)
        if not kinds:
            return
        specific = kinds[0].name != "other"
        voice = speaker.key if speaker else None
        subject = self.resolver.subject(clause, voice)
        if clause.marker == "resumed":
            subject = self.resolver.group(clause.first, self._before_aside(clause), voice)
        if clause.lead is not None and not subject:
            subject = self._lead_subject(clause)
        if clause.shared and not subject:
            subject = self.resolver.last_subject
        reason = why_not(clause, text, self.standing, self.expressions, previous_end, specific, bool(subject))
        if subject and not (clause.passive and not specific):
            self.resolver.note_subject(subject)
        if reason is not None:
            return
        # A party that speaks only of itself respecting the agreement makes a statement.
        if text.words[clause.verb].lemma in among(
            "respect honour honor abide support back comply"
        ) and clause.modality in ("will", "would"):
            return
        own = text.raw(clause.first, clause.last)
        if self.findings and re.search(
            r"\b(?:do|does|did)\s+(?:the\s+same|likewise)\b|\bfollow\s+suit\b", own
        ):
            self._again(clause, subject, speaker)
            return
        if self._completes(clause, kinds[0]) or self._continues(clause, kinds[0]):
            return
        for kind in kinds:
            if kind.name == "routes":
                for route in routes_in(text.raw(clause.first, clause.last)):
                    self._finding(clause, kind, subject, speaker)
                    self.findings[-1].route = route
            else:
                self._finding(clause, kind, subject, speaker)

    def _finding(
        self, clause: Clause, kind: Kind, subject: tuple[str, ...], speaker: Attribution | None
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
        fill(finding, clause, subject, speaker.key if speaker else None, self.text, self.resolver)
        finding.confidence = _confidence(clause, finding)
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


def _confidence(clause: Clause, finding: Finding) -> float:
    value = {
        "shall": 0.95,
        "ban": 0.9,
        "are_to": 0.9,
        "must": 0.9,
        "commit": 0.9,
        "have_to": 0.85,
        "will": 0.85,
        "item": 0.85,
        "would": 0.8,
        "nominal": 0.75,
        "present": 0.65,
        "should": 0.6,
    }.get(clause.modality, 0.7)
    if finding.kind == "other":
        value -= 0.1
    if not finding.bound and finding.kind not in ("other",):
        value -= 0.1
    return round(value, 2)
