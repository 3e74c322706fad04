"""Tests of who stands in the list twice."""
