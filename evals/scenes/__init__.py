"""Scenes: conversations of passing slayers with the real product, judged by what they leave behind."""
