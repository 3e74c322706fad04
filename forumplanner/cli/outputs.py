"""`feed show`, `invitations list`, `minutes pdf`, `brief pdf`."""
