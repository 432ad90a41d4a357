"""Screening: which zones contain each of very many points, by a compiled kernel over an index built once."""
