"""Does a clause oblige anybody? What the text as a whole reports, and what stands over the clause.

A text about talks that failed, an appeal, a proposal or a look back obliges nobody, whatever verbs it uses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from truceline.draft.clause import ASKING, Clause
from truceline.draft.lexicon.load import among, expression, words
from truceline.draft.text.document import Text, Word
from truceline.draft.times.calendar import DateContext
from truceline.draft.times.expressions import Expression

_ASKING_NOUNS = words("frames", "asking_nouns")
_FAILED = expression("standing", "failed")
_AGREED = expression("standing", "agreed")
_EARLIER = expression("standing", "earlier")
_NEGATED_AGREEMENT = expression("standing", "negated_agreement")
_OUTSIDE = words("standing", "outside")
_PAPERS = words("frames", "agreement_nouns")
_OF_PAPERS = frozenset(
    among(
        "enter come take remain end be apply bind continue last expire cease begin start mean become "
        "supersede replace"
    )
)
_DUTIES = words("standing", "duties")
_WEAK_VERBS = words("standing", "weak_verbs")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the text as a whole reports: `agreed` if something was agreed now; `year` it speaks from."""

    agreed: bool
    year: int | None
    official: bool
    present: bool = False
    failed: bool = False


def standing_of(text: Text, context: DateContext, expressions: list[Expression]) -> Standing:
    """Weighs what the sentences say about an agreement reached, refused or past."""
    year = context.own.year if context.own else (max(context.years) if context.years else None)
    positive: list[int] = []
    failed: list[int] = []
    shall = 0
    for sentence in text.sentences:
        raw = text.raw(sentence.first, sentence.last)
        lowered = raw.lower()
        shall += lowered.count(" shall ")
        old = _is_old(raw, sentence.first, sentence.last, text, expressions, year)
        if not old and _FAILED.search(raw):
            failed.append(sentence.index)
        match = _AGREED.search(raw)
        if (
            match
            and not old
            and not _NEGATED_AGREEMENT.search(raw[max(0, match.start() - 60) : match.start()])
        ) or (
            match is None
            and not old
            and text.blocks[sentence.block].heading
            and re.search(
                (
                    r"\b(?:agreement|accord|memorandum|protocol|understanding|truce|treaty|"
                    r"annex|communiqu[eé]|declaration|joint\s+statement|pact|armistice|"
                    r"ceasefire|covenant)\b"
                ),
                raw,
                re.IGNORECASE,
            )
            and not re.search(
                (
                    r"\b(?:no|without|fail\w*|appeal|reject\w*|draft|proposal|proposed|ago|"
                    r"anniversary|refus\w*)\b"
                ),
                raw,
                re.IGNORECASE,
            )
        ):
            positive.append(sentence.index)
    official = shall >= 4
    agreed = bool(positive) or official
    if failed and not official:
        strong = [p for p in positive if p not in failed]
        agreed = bool(strong) and (min(strong) <= min(failed) or len(strong) > len(failed))
    return Standing(
        agreed=agreed, year=year, official=official, present=agreed and _in_present(text), failed=bool(failed)
    )


def signs_of(text: Text) -> tuple[int, int]:
    """In how many sentences words say that something was agreed, and that it was not."""
    lines = [text.raw(s.first, s.last) for s in text.sentences]
    return sum(bool(_AGREED.search(line)) for line in lines), sum(
        bool(_FAILED.search(line)) for line in lines
    )


def _in_present(text: Text) -> bool:
    """Whether the text lays down its terms in the present tense, as some pacts do: hardly any modal, few
    past tenses."""
    modal = past = 0
    for word in text.words:
        modal += word.lower in among("shall will must would should")
        past += word.lower in among("said was were had told added")
    length = max(len(text.sentences), 1)
    head = text.plain.norm[:300]
    named = re.search(
        (
            r"\b(?:pact|agreement|accord|treaty|protocol|memorandum|truce|armistice|"
            r"terms|articles|notice|settlement|covenant)\b"
        ),
        head,
        re.IGNORECASE,
    )
    return length >= 4 and bool(named) and modal <= 0.2 * length and past <= 0.25 * length


def _is_old(
    raw: str, first: int, last: int, text: Text, expressions: list[Expression], year: int | None
) -> bool:
    if _EARLIER.search(raw):
        return True
    return _past_year(first, last, text, expressions, year)


def _past_year(first: int, last: int, text: Text, expressions: list[Expression], year: int | None) -> bool:
    if year is None:
        return False
    start, end = text.words[first].start, text.words[last - 1].end
    years = [e.year for e in expressions if e.year is not None and start <= e.start < end]
    return bool(years) and max(years) < year


# Reasons that hardly ever stand beside a clause that binds: they decide by themselves.
DECISIVE = frozenset(
    (
        "a question",
        "a lead-in",
        "something that did not happen",
        "a supposition",
        "says what is not demanded",
        "asked, offered or refused, not agreed",
        "proposed, not agreed",
        "ruled out",
        "not agreed",
        "agreed earlier",
        "agreed in principle only",
        "an earlier agreement",
        "talks that go on",
    )
)


def why_not(
    clause: Clause,
    text: Text,
    standing: Standing,
    expressions: list[Expression],
    previous_end: int,
    specific: bool,
    has_party: bool,
) -> str | None:
    """The reason why the clause obliges nobody, or None where it binds.

    `specific` is whether its words are those of a known kind of provision; `has_party` whether its subject
    is a party.
    """
    ws = text.words
    sentence = clause.sentence
    raw = text.raw(sentence.first, sentence.last)
    own = text.raw(clause.first, clause.last)
    before = ws[max(previous_end, sentence.first) : clause.head]
    subject = ws[clause.first : clause.head]
    verb = ws[clause.verb]
    if not standing.agreed:
        return "the text reports no agreement"
    if raw.rstrip(' "').endswith("?"):
        return "a question"
    if clause.marker in among("if unless whether when what how why until lest"):
        return "a condition"
    if clause.marker == "which" and re.match(
        r"(?:\w+\s+){0,3}(?:groups?|organi[sz]ations?|factions?|formations?|bands?|companies|militias)\b", own
    ):
        return "an indirect question"
    capped = (
        re.search(r"\b(?:up\s+to|no\s+more\s+than|not\s+more\s+than|at\s+most)\s+[\w,-]+\s+\w+", own)
        is not None
    )
    if clause.modality == "may" and specific and capped:
        return None
    if clause.modality in ("may", "can", "could", "might"):
        negative = clause.negated or any(w.lower in among("no neither nobody none nor") for w in subject[:12])
        if not negative or clause.modality in ("could", "might"):
            return "a permission or possibility"
    if (
        clause.modality == "present"
        and clause.negated
        and verb.lemma
        in among(
            "require oblige affect prejudice apply mean prevent imply "
            "recognise recognize constitute cover concern touch"
        )
    ):
        return "says what is not demanded"
    if raw.rstrip(" -").endswith(":") and (not specific or re.search(r"\b(?:following|below|listed)\b", raw)):
        return "a lead-in"
    if not specific and clause.modality == "nominal":
        nouns = {w.lemma for w in ws[clause.verb : min(clause.verb + 5, clause.last)]}
        if nouns & (_PAPERS | {"appeal", "invitation", "mediation"}):
            return "about the text itself"
    if (
        not specific
        and clause.marker in ("that", "which")
        and verb.lemma in _OF_PAPERS
        and {w.lemma for w in ws[max(clause.first - 3, sentence.first) : clause.first]} & _PAPERS
    ):
        return "about the text itself"
    if (
        not specific
        and {w.lemma for w in subject[-3:]} & _PAPERS
        and (clause.modality == "present" or verb.lemma in _OF_PAPERS)
    ):
        return "about the text itself"
    dated = any(
        text.words[clause.first].start <= e.start < text.words[clause.last - 1].end for e in expressions
    )
    if clause.perfect and (
        clause.modality in ("would", "should", "could") or (clause.modality == "must" and not dated)
    ):
        return "something that did not happen"
    if (
        clause.modality in ("would", "could", "were_to")
        and re.search(r"\b(?:if|were\s+to\s+be|unless)\b", raw, re.IGNORECASE)
        and clause.commit is None
        and not re.search(r"\bas\s+if\b", raw)
    ):
        return "a supposition"
    above = ws[verb.head]
    if (
        verb.dep == "ccomp"
        and above.i < verb.i
        and above.lemma in among("propose suggest recommend demand urge")
    ):
        return "proposed, not agreed"
    blocked = _asked(before, clause)
    if blocked:
        return blocked
    if (
        verb.lemma in ASKING
        and verb.lemma not in ("fail", "plan", "oppose", "prefer")
        and clause.modality not in ("shall", "are_to")
    ):
        return "asked, offered or refused, not agreed"
    if re.search(r"\bin\s+principle\b", own) or re.search(r"\bin\s+principle\b", raw[:120]):
        return "agreed in principle only"
    if clause.commit is not None:
        around = [w.lower for w in ws[max(sentence.first, clause.commit - 4) : clause.commit]]
        if "nor" in around or "not" in around or "n't" in around or "never" in around:
            return "not agreed"
        if "had" in around and not specific:
            return "agreed earlier"
    if re.search(r",\s*which\s+(?:they|it|he|she|both|neither)\s+did\b", raw):
        return "an earlier agreement"
    if clause.modality not in ("shall", "are_to", "ban", "item") and _is_history(
        clause, raw, text, standing, expressions
    ):
        return "an earlier agreement"
    if {w.lemma for w in subject[:2]} & {"talk", "negotiation", "consultation", "discussion"}:
        return "talks that go on"
    if (
        clause.modality == "must"
        and '"' in raw
        and [w.lower for w in subject if w.text != '"']
        in (
            ["they"],
            ["you"],
            ["he"],
        )
    ):
        return "a demand"
    if clause.modality == "should" and re.search(
        r"\b(?:analysts?|experts?|critics|diplomats?|residents?|commentators?|historians?)\b",
        raw,
        re.IGNORECASE,
    ):
        return "advice"
    if clause.modality == "were_to" and not (
        specific and dated and re.search(r"\b(?:said|added|told|announced|according)\b", raw)
    ):
        return "told of the past"
    if subject and clause.modality in among("are_to will would shall must have_to") and not specific:
        nouns = {w.lemma for w in subject[:5]}
        if nouns & _OUTSIDE:
            return "not about the agreement"
    if clause.modality in among("will would should must have_to can") and not specific:
        if (
            verb.lemma == "be"
            and has_party
            and re.search(r"\bbe\s+(?:responsible|in\s+charge|accountable|liable|entitled)\b", own)
        ):
            return None
        if clause.passive and verb.lemma in _DUTIES and not clause.negated:
            return "advice" if clause.modality in ("should", "can") else None
        if verb.lemma == "be" or verb.lemma in _WEAK_VERBS or (not has_party and clause.modality != "will"):
            return "an expectation"
        if (
            not has_party
            and not clause.passive
            and verb.lemma not in among("continue preserve function meet start reopen")
        ):
            return "an expectation"
        if any(w.lower in among("many you others i thousands nobody people") for w in subject[:6]):
            return "an expectation"
        if clause.modality == "should":
            return "advice"
        if clause.negated and clause.modality in ("will", "would"):
            return "a refusal"
    if (
        clause.modality == "present"
        and clause.marker in among("which who that where whose as after before")
        and text.raw(max(clause.first - 2, sentence.first), clause.first).lower() != "so that"
    ):
        return "told, not laid down"
    if clause.marker == "whose" and not specific:
        return "told in passing"
    if (
        clause.modality in ("can", "may")
        and not specific
        and not (
            (has_party and not any(w.lower == "it" for w in subject))
            or any(w.lower in ("neither", "no") for w in subject)
        )
    ):
        return "a possibility"
    if (
        clause.negated
        and clause.modality in ("will", "would")
        and verb.lemma
        in among(
            "accept sign recognise recognize negotiate give agree allow "
            "discuss "
            "tolerate "
            "surrender yield withdraw leave disarm retreat compromise rest pull abandon cede bow "
            "stop"
        )
        and not clause.passive
    ):
        return "a refusal"
    return None


def _asked(before: list[Word], clause: Clause) -> str | None:
    for n, word in enumerate(before):
        if clause.commit is not None and word.i >= clause.commit:
            break
        prior = before[n - 1].lower if n else ""
        determined = prior in among("the a an its their his this of her any")
        follows = before[n + 1].lower if n + 1 < len(before) else ""
        if (
            word.lemma in ASKING
            and not determined
            and not (
                word.lemma in ("ask", "press")
                and word.lower == "asked"
                and (n == 0 or follows in among("by whether about when if"))
            )
        ):
            if (
                word.lemma
                in among(
                    "plan attempt aim press wish hope fear request offer appeal question doubt debate lobby"
                )
                and word.lower == word.lemma
                and prior not in among("to they we i sides parties both")
            ):
                continue
            if word.lemma in ("question", "press") and "reporter" in " ".join(w.lemma for w in before):
                continue
            if word.lemma == "fail" and follows != "to":
                continue
            if word.lemma == "invite" and clause.marker in ("who", "which"):
                continue
            # "He warned X; Y shall ...": another clause began in between.
            gap = list(before[n + 1 :])
            if any(w.text == ";" for w in gap):
                continue
            if word.lemma in ("caution", "warn") and clause.modality in ("shall", "are_to", "commit"):
                continue
            return "asked, offered or refused, not agreed"
        if word.lemma in _ASKING_NOUNS and (
            determined or word.lower.endswith("s") or prior in among("latest draft his new written peace")
        ):
            if (
                word.lemma in among("call request suggestion hope condition-for")
                and n
                and before[0].lower in ("at", "on", "upon")
            ):
                continue
            return "proposed, not agreed"
        if word.lower == "rule" and follows in ("out",):
            return "ruled out"
        if word.lemma == "rule" and follows == "out":
            return "ruled out"
        if word.lemma == "call" and follows in ("on", "for", "upon"):
            return "asked, offered or refused, not agreed"
    return None


def _is_history(
    clause: Clause,
    raw: str,
    text: Text,
    standing: Standing,
    expressions: list[Expression],
) -> bool:
    sentence = clause.sentence
    if clause.modality not in ("will", "must", "have_to") and _past_year(
        sentence.first, sentence.last, text, expressions, standing.year
    ):
        return True
    lead = text.raw(sentence.first, clause.verb + 1)
    if re.search(
        (
            r"\b(?:last\s+year|last\s+month|years?\s+ago|earlier\s+(?:this|"
            r"agreement|accord|truce|deal|ceasefire)|previous\s+(?:agreement|accord|"
            r"truce|deal|ceasefire)|under\s+the\s+(?:old|earlier|previous|first))\b"
        ),
        raw,
        re.IGNORECASE,
    ) and clause.modality in ("would", "commit", "nominal", "present"):
        return True
    if re.search(r"\b(?:said|says|announced|told|added|confirmed|reported|explained|according)\b", raw):
        return False  # "he said they had agreed": reported speech of what is agreed now
    return bool(
        re.search(
            (
                r"\bhad\s+(?:already\s+|once\s+|also\s+)?(?:agreed|promised|pledged|"
                r"undertaken|signed|said|vowed|demanded|accepted|offered)\b"
            ),
            lead,
        )
    )
