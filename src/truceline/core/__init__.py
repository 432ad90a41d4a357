"""What every layer shares: errors, instants and intervals, probabilities, messages."""
