"""The controlled vocabulary of observation kinds, its families, and its mappings from other data sets.

The kinds are those that an accord may name (`truceline.accord.acts`): what a source reports and what an
accord forbids are one vocabulary.
"""

from truceline.accord.acts import all_kinds, families, family_of, kinds_in, label
from truceline.evidence.vocabulary.suggest import did_you_mean

__all__ = [
    "CLAIM_KINDS", "all_kinds", "did_you_mean", "families", "family_of", "kinds_in", "label",
]  # fmt: skip

CLAIM_KINDS = frozenset({"withdrawal_claim", "statement"})
"""Kinds that are somebody's word rather than an observation, unless the source says otherwise."""
