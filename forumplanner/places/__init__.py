"""The movement's regions and the provinces that belong to them."""
