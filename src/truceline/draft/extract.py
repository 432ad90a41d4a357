"""Goes through a text sentence by sentence and gathers provisions and statements."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from truceline.draft.anchors import kinds_named
from truceline.draft.bound import Resolver
from truceline.draft.clause import Clause
from truceline.draft.clauses import clauses_of
from truceline.draft.details import fill
from truceline.draft.finding import Finding, Said
from truceline.draft.kinds import kinds_of
from truceline.draft.lexicon.load import among
from truceline.draft.measures import calibres, counts, distances
from truceline.draft.parties.recognise import Recogniser
from truceline.draft.routes import routes_in
from truceline.draft.rules.kind import Kind, Things
from truceline.draft.speech import Attribution, attributions, takes_a_stance
from truceline.draft.standing import Standing, standing_of, why_not
from truceline.draft.text.document import Sentence, Text, cut
from truceline.draft.times.calendar import DateContext, Moment, context_of, resolve
from truceline.draft.times.expressions import Expression, expressions


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


class _Harvester:
    def __init__(self, raw: str, published: dt.date | None) -> None:
        self.text = cut(raw)
        norm = self.text.plain.norm
        self.expressions: list[Expression] = expressions(norm)
        self.context = context_of(norm, self.expressions, published)
        self.moments = [resolve(e, self.context) for e in self.expressions]
        self.things = Things(distances(norm), calibres(norm), counts(norm))
        self.reader = Recogniser(self.text)
        mentions = self.reader.run()
        self.resolver = Resolver(self.text, mentions, self.reader)
        self.standing = standing_of(self.text, self.context, self.expressions)
        self.author = self._author()
        self.skips = {
            self.text.word_from(e.start): self.text.word_from(e.end)
            for e in self.expressions
            if self.text.words
        }
        self.actors = {m.last: m.kind for m in mentions if m.kind in ("party", "collective")}
        self.findings: list[Finding] = []
        self.said: list[Said] = []
        self.last_due: Moment | None = None

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

    def _binds_all_the_same(self) -> bool:
        """Whether named parties are said to be bound, though no word says that anything was signed."""
        assumed = replace(self.standing, agreed=True)
        strong = 0
        for sentence in self.text.sentences:
            if self.text.blocks[sentence.block].heading:
                continue
            end = sentence.first
            for clause in self._clauses(sentence):
                kind = kinds_of(clause, self.text, self.things)[0].name
                subject = self.resolver.subject(clause, None)
                if (
                    clause.modality in ("shall", "will", "must", "are_to", "commit")
                    and kind != "other"
                    and subject
                ):
                    strong += why_not(clause, self.text, assumed, self.expressions, end, True, True) is None
                end = clause.verb + 1
        return strong >= 2

    def _author(self) -> tuple[str, str | None] | None:
        """Who speaks as "I" or "we" throughout: the person whose speech it is, or who issued the text."""
        norm = self.text.plain.norm
        head = norm[:400]
        match = re.search(
            (
                r"\b(?:address|remarks|speech|statement|message|declaration|words|"
                r"interview|appeal)\s+(?:\w+\s+){0,3}?(?:by|of|from)\s+|\bissued\s+by\s+"
            ),
            head,
            re.IGNORECASE,
        )
        if match is None:
            first = re.search(r"\b(?:I|we|my|our)\b", norm)
            return None if first is None else self._apposed()
        start = self.text.word_from(match.end())
        sentence = self.text.sentence_at(start)
        for mention in self.resolver.within(start, sentence.last):
            if mention.kind == "person":
                name = mention.name or self.text.raw(mention.first, mention.last)
                key = mention.keys[0] if mention.keys else None
                apposed = self._apposed()
                return name, key or (apposed[1] if apposed else None) or self._own_government()
            if mention.kind == "party":
                keys = self.resolver.group(start, sentence.last, None) or mention.keys
                names = [n.name for k in keys if (n := self.reader.registry.get(k)) is not None]
                return " and ".join(names), mention.keys[0]
        return self._apposed()

    def _apposed(self) -> tuple[str, str | None] | None:
        """ "We, the Republic of Anders, will": who "we" are."""
        ws = self.text.words
        for i in range(len(ws) - 3):
            if ws[i].lower == "we" and ws[i + 1].text == ",":
                for mention in self.resolver.within(i + 2, i + 4):
                    if mention.kind == "party":
                        notes = self.reader.registry.get(mention.keys[0])
                        return (notes.name if notes else "", mention.keys[0])
        return None

    def _own_government(self) -> str | None:
        if re.search(r"\b(?:my|our)\s+government\b", self.text.plain.norm, re.IGNORECASE):
            key = "common:government"
            self.reader.registry.note(key, "Government", "common")
            return key
        return None

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
        self._note_subject(sentence, sayings, clauses)

    def _clauses(self, sentence: Sentence) -> list[Clause]:
        from truceline.draft.items import item_clauses

        found = clauses_of(self.text, sentence, self.skips, present=self.standing.present, actors=self.actors)
        return item_clauses(self.text, sentence, found, self.skips, self.standing.official)

    def _note_subject(self, sentence: Sentence, sayings: list[Attribution], clauses: list[Clause]) -> None:
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

    def _before_aside(self, clause: Clause) -> int:
        """Where the aside between a subject and its verb begins: "groups, which we will list, shall leave"."""
        for word in self.text.words[clause.first : clause.head]:
            if word.lower in ("which", "who", "that", "whom"):
                return word.i
        return clause.head

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

    def _lead_subject(self, clause: Clause) -> tuple[str, ...]:
        lead = self.text.blocks[clause.lead] if clause.lead is not None else None
        if lead is None:
            return ()
        first, last = self.text.word_from(lead.start), self.text.word_from(lead.end)
        return self.resolver.group(first, last, None)

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
        fill(finding, clause, kind, subject, speaker.key if speaker else None, self.text, self.resolver)
        finding.confidence = _confidence(clause, finding)
        self.findings.append(finding)

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
            elif moment.role == "from" or (moment.role == "on" and standing and moment.anchor is None):
                finding.starts = finding.starts or moment
            elif moment.role == "on" and not self._is_deadline(moment):
                continue
            elif finding.due is None:
                finding.due = moment
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


__all__ = ["Harvest", "harvest", "replace"]
