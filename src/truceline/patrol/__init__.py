"""Patrols proven by their tracks: what was visited, observed, kept together, and what does not look real."""
