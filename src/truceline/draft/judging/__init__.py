"""Judges clauses: does it bind, and which kind of provision is it. A small model weighs what is read."""
