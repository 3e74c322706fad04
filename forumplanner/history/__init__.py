"""Who changed what, old and new; who looked at personal data."""
