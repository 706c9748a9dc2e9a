"""What was released and what was run: the lock files, and what follows from them."""
