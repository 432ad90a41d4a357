"""The field forms, and what they are made of."""
