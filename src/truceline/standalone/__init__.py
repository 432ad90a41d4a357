"""Programs of one file that need nothing else of Truceline: for those who trust nobody."""
