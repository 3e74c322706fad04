"""Measurements: ours against a baseline, in turn. `make bench`, or `make bench ONLY=feed` for one group.

Each module with a function `measure()` is a group, called as the module is. It yields a figure (`bench.figures.Figure`)
for each thing it measured.
"""
