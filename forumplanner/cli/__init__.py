"""The command `forumplanner`: each command parses, calls a service, commits. Results alone go to standard output.

Importing this package loads nothing: the parent of `serve` (`cli.processes`) starts without the application.
"""

import os
import sys

# What is written is ours alone: names, addresses and telephone numbers lie in it.
PRIVATE = 0o077


def load_commands() -> None:
    """Have each module register its commands."""
    from forumplanner.cli import (  # noqa: F401
        accounts,
        data,
        feeds,
        invitations,
        outbox,
        outputs,
        partners,
        personal,
        retention,
        serving,
    )


def main() -> None:
    """Entry point. What is wrong with the surroundings (settings, files, database) is one sentence, exit code 2."""
    from sqlalchemy.exc import OperationalError

    from forumplanner.cli.group import cli
    from forumplanner.config import SettingsError

    os.umask(PRIVATE)
    load_commands()
    try:
        cli()
    except SettingsError as error:
        _stop(str(error))
    except OperationalError as error:
        first = (str(error.orig).splitlines() or [""])[0]
        _stop(f"The database cannot be used ({first}). Please check FORUMPLANNER_DATABASE_URL and the server.")
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _stop(f"{place}{error.strerror or error}. Please check the path and who may write there.")


def _stop(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    raise SystemExit(2)
