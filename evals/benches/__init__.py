"""Benchmarks: one module each, with ``run(settings, quick, tell) -> Report``. Ratios within one run, as machines are noisy."""
