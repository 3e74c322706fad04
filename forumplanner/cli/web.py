"""The web process: the application behind waitress, on a socket that the parent opened."""

import signal
import socket
from types import FrameType

from flask import Flask

from forumplanner.cli.connections import Server

# What was asked before the end may take this long to be answered, in seconds.
GRACE_SECONDS = 10


def run(app: Flask, listening: socket.socket) -> int:
    """Serve until SIGTERM; returns the exit code."""
    server = Server(app, listening)

    def stop(number: int, frame: FrameType | None) -> None:
        server.stop()

    signal.signal(signal.SIGTERM, stop)
    server.serve(GRACE_SECONDS)
    return 0
