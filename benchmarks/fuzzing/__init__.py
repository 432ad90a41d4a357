"""Hostile input: what is fuzzed, how inputs are bent, and how a campaign is run and counted."""
