"""How papers leave over HTTP."""
