"""Messages waiting to leave, and what became of them."""
