"""What leaves the room: reports and maps."""
