"""Positions screened as they come: who enters, leaves, stays in and comes near which zone."""
