"""The record as a transparency log: its Merkle tree, what its leaves say, signed heads, keys. No database."""
