"""Drafts that analysts confirm sentence by sentence: on a shelf, each with the history of its decisions."""
