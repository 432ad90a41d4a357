"""The agreement as a versioned, machine-readable document whose every provision quotes its source."""
