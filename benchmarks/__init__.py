"""Measure the app against the usual way, in Chromium: ``python -m benchmarks``."""
