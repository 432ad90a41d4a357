"""From a text to a draft accord: every provision quoted, every gap a question."""
