"""The crash test: processes killed at random and at every operation, power cuts, and media that fail."""
