"""One person, or one organisation, who stands in the list twice: found, told apart, and remembered once merged."""
