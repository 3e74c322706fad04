"""Who came, who did not, who else was in the room."""
