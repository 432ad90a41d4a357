"""One rule per kind of obligation, independent of one another."""
