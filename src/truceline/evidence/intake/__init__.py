"""What the readers of formats share: opening files, rows of text, fields, observations."""
