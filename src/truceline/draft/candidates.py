"""The clauses of a text that may bind somebody, each with what the judge is told of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from truceline.draft.clause import Clause
from truceline.draft.deadlines import Deadlines
from truceline.draft.items import NOT_AGREED
from truceline.draft.judging.features import Told, dense, named, page_of
from truceline.draft.judging.vectors import Vector
from truceline.draft.kinds import kinds_of
from truceline.draft.rules.kind import Kind
from truceline.draft.speech import Attribution, attributions
from truceline.draft.standing import signs_of, why_not
from truceline.draft.text.document import Sentence


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause, the kinds that the rules see in it, whom its subject means, who says it, and what is told of
    it."""

    clause: Clause
    kinds: tuple[Kind, ...]
    subject: tuple[str, ...]
    speaker: Attribution | None
    reason: str | None
    names: tuple[str, ...]
    vector: Vector

    @property
    def told(self) -> tuple[tuple[str, ...], Vector]:
        """What the judge reads."""
        return self.names, self.vector


class Candidates(Deadlines):
    """Gathers candidates."""

    def candidates(self) -> list[tuple[Sentence, list[Attribution], list[Candidate]]]:
        """The sentences outside of headings in order, with who speaks in them and their clauses."""
        read = [
            (sentence, self._clauses(sentence))
            for sentence in self.text.sentences
            if not self._is_title(sentence)
        ]
        agreed, failed = signs_of(self.text)
        page = page_of(self.text, [c for _, clauses in read for c in clauses], agreed, failed)
        out = []
        for sentence, clauses in read:
            sayings = attributions(self.text, sentence, self.resolver, self.author)
            found = []
            previous_end = sentence.first
            for clause in clauses:
                speaker = self._speaker(sayings, clause)
                kinds = tuple(kinds_of(clause, self.text, self.things))
                subject = self._subject(clause, speaker)
                told = self._told(clause, kinds, subject, speaker, previous_end)
                previous_end = clause.verb + 1
                self.resolver.note_subject(subject)
                names = tuple(named(clause, self.text, told))
                found.append(
                    Candidate(
                        clause, kinds, subject, speaker, told.reason, names, dense(clause, self.text, page)
                    )
                )
            if not clauses:
                self._note_subject(sentence)
            out.append((sentence, sayings, found))
        return out

    def _is_title(self, sentence: Sentence) -> bool:
        """Headings of a few words, and what stands at the head of the text; longer ones may lay something
        down."""
        block = self.text.blocks[sentence.block]
        return block.heading and (sentence.block < 3 or sentence.last - sentence.first < 4)

    def _speaker(self, sayings: list[Attribution], clause: Clause) -> Attribution | None:
        for saying in sayings:
            if saying.first <= clause.head < saying.last and saying.verb != clause.verb:
                return saying
        return None

    def _subject(self, clause: Clause, speaker: Attribution | None) -> tuple[str, ...]:
        voice = speaker.key if speaker else None
        subject = self.resolver.subject(clause, voice)
        if not subject and clause.lead is not None:
            subject = self._lead_subject(clause)
        if not subject and clause.subject is None:
            subject = self._heads_the_list(clause)
        if not subject and clause.shared and clause.subject is None:
            subject = self.resolver.last_subject
        return subject

    def _heads_the_list(self, clause: Clause) -> tuple[str, ...]:
        """ "2. GAM", and below it "(a) hands in its arms": the party that a list of items stands under."""
        index = clause.sentence.block
        rank = self.text.blocks[index].rank
        if rank is None or rank == "row":
            return ()
        for n in range(index - 1, max(-1, index - 12), -1):
            block = self.text.blocks[n]
            if block.rank == rank:
                continue
            first, last = self.text.word_from(block.start), self.text.word_from(block.end)
            return self.resolver.group(first, last, None) if 0 < last - first <= 6 else ()
        return ()

    def _note_subject(self, sentence: Sentence) -> None:
        for mention in self.resolver.within(sentence.first, min(sentence.first + 12, sentence.last)):
            if mention.kind in ("party", "collective"):
                self.resolver.note_subject(self.resolver.of_mention(mention))
                return

    def _told(
        self,
        clause: Clause,
        kinds: tuple[Kind, ...],
        subject: tuple[str, ...],
        speaker: Attribution | None,
        previous_end: int,
    ) -> Told:
        ws = self.text.words
        start, end = ws[clause.first].start, ws[clause.last - 1].end
        specific = kinds[:1] != () and kinds[0].name != "other"
        agreed = replace(self.standing, agreed=True)
        reason = why_not(clause, self.text, agreed, self.expressions, previous_end, specific, bool(subject))
        block = self.text.blocks[clause.sentence.block]
        if block.lead is not None:
            lead = self.text.blocks[block.lead]
            if NOT_AGREED.search(self.text.plain.norm[lead.start : lead.end]):
                reason = "asked, offered or refused, not agreed"
        mentions = self.resolver.within(*clause.subject) if clause.subject else []
        moments = [m for m in self.moments if start <= m.start < end]
        own = self.context.own
        return Told(
            kinds=tuple(k.name for k in kinds),
            reason=reason,
            standing="agreed" if self.standing.agreed else "failed" if self.standing.failed else "unclear",
            bound=bool(subject),
            who=mentions[0].kind if mentions else "none" if clause.subject is None else "thing",
            weapons=any(k.weapons for k in kinds),
            distance=any(k.distance for k in kinds),
            count=any(start <= c.start < end for c in self.things.counts),
            dates=tuple(sorted({m.role for m in moments})),
            ahead=any(m.date is not None and own is not None and m.date >= own for m in moments),
            behind=any(m.date is not None and own is not None and m.date < own for m in moments),
            speaker="none" if speaker is None else "party" if speaker.key else "other",
        )
