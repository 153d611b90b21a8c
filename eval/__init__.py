"""Measuring Dossier: datasets, measures, runs and benchmarks."""
