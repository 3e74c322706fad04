"""What every page shares: language, access, forms, errors, security headers."""
