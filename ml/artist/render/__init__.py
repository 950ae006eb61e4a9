"""Slayers with their weapons as vector art: what the Artist learns from."""
