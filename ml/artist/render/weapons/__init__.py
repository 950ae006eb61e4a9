"""The weapon types."""
