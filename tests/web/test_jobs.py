"""What the worker does: features register it, and the queue knows it by name alone."""

import pytest
from flask import Flask, current_app
from huey import MemoryHuey

from forumplanner.web import jobs
from forumplanner.web.jobs import Jobs, jobs_of, wake


@pytest.fixture
def made(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Jobs:
    """A queue in memory that does at once what it is asked."""
    monkeypatch.setattr(jobs, "make_huey", lambda _url: MemoryHuey(immediate=True))
    return Jobs(app)


def test_each_feature_registers_what_the_worker_does(app: Flask) -> None:
    found = jobs_of(app)
    forgetting = {
        "forget limits",
        "forget spent forms",
        "forget needs",
        "remove lists",
        "forget merges",
        "keep to periods",
    }
    looking = {"sweep", "look for lists", "tidy"}
    assert (set(found.tasks), set(found.periodic)) == ({"look", "work on lists"}, looking | forgetting)


def test_a_task_runs_within_the_application(app: Flask, made: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    made.add_task("greet", lambda: seen.append(current_app.name))
    monkeypatch.setitem(app.extensions, jobs.EXTENSION, made)
    with app.app_context():
        wake("greet")
    assert seen == ["forumplanner"]


def test_nobody_is_woken_outside_of_an_application() -> None:
    assert wake("look") is None


def test_periodic_jobs_are_tasks_of_their_own_so_that_one_that_fails_stops_no_other(made: Jobs) -> None:
    seen: list[str] = []
    made.add_periodic("broken", lambda: 1 / 0)
    made.add_periodic("whole", lambda: seen.append("done"))
    for task in made.huey._registry.periodic_tasks:
        made.huey.execute(task)
    assert seen == ["done"]
