"""What every package may use: database, clock, Thai, messages, refusals. Knows no feature and no Flask."""
