"""Scores drafts against gold annotations; the guide is tests/data/draft/README.md."""

from truceline.draft.evaluation.gold import GoldText, load_gold, load_split
from truceline.draft.evaluation.scoring import score_draft
from truceline.draft.evaluation.tally import FIELDS, Score, Tally, total

__all__ = ["FIELDS", "GoldText", "Score", "Tally", "load_gold", "load_split", "score_draft", "total"]
