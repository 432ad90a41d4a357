"""The verdict: a pure function of the accord, the observations, as-of and known-at."""
