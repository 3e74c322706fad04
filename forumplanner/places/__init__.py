"""The movement's seven regions and the provinces that belong to them."""
