"""What a slayer says of themselves, found by rules over their own words, and how it is asked for and forgotten.

Nothing else is ever read here: no manual, no tool's result, no word of a model. What is found is kept by ``hashiramart/memories.py``.
"""
