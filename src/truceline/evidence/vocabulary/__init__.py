"""The controlled vocabulary of observation kinds, its families, and its mappings from other data sets.

The kinds themselves are `truceline/accord/acts.yaml`, read by `truceline.accord.acts`: an accord names the
acts that it forbids from the same list, and may not import evidence. Their functions are given on here.
"""

from __future__ import annotations

from truceline.accord.acts import all_kinds, families, family_of, kinds_in, label

__all__ = ["all_kinds", "families", "family_of", "kinds_in", "label"]
