"""The controlled vocabulary of observation kinds, its families, and its mappings from other data sets."""
