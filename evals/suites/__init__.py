"""Evaluation suites: one module each, with ``run(settings, quick, tell) -> Report``."""
