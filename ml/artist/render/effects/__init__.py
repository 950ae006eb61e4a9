"""The effects of the breathing styles."""
