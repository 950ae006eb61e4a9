"""Turns that are killed, left, crowded and bounded, on the real graph and the real PostgreSQL."""
