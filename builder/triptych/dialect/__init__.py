"""What the source format says, each fact stated once."""
