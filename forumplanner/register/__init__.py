"""Dated observations on kinds of community finance organisations."""
