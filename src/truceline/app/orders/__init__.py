"""What takes long is ordered: made in a process of its own, one at a time, while the server answers on."""
