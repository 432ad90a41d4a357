"""Use cases: the only place that wires stores into the pure parts."""
