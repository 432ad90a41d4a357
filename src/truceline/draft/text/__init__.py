"""From raw text to what the rules read: normalised, cut into blocks, sentences and words, with offsets."""
