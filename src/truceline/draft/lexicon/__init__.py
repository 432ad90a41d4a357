"""Word lists of the rules: data files of general words (no conflict's names) and the world's territories."""
