"""What a line that is known only so well does to depths, areas and probabilities."""
