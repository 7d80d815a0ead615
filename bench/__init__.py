"""Benchmarks: ``python -m bench SET...`` codes a benchmark set and prints its figures (measurements, not tests)."""
