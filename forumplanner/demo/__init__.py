"""The real round of 2550 as a sample database, used by `make run`, the tests and the screenshots."""
