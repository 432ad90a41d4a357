"""Screening on a Spark cluster: the same kernel and index as on one machine, broadcast to its workers."""
