"""Builds the application: a table of contents."""

from flask import Flask

from forumplanner import (
    accounts,
    agenda,
    attendance,
    briefs,
    desks,
    feeds,
    invitations,
    minutes,
    outbox,
    outcomes,
    partners,
    places,
    register,
    retention,
    rounds,
    upkeep,
)
from forumplanner.accounts import models as accounts_models
from forumplanner.agenda import models as agenda_models
from forumplanner.attendance import models as attendance_models
from forumplanner.config import PACKAGE, Settings, read_settings, templates_dir
from forumplanner.history import models as history_models
from forumplanner.invitations import models as invitations_models
from forumplanner.minutes import models as minutes_models
from forumplanner.outbox import models as outbox_models
from forumplanner.outcomes import models as outcomes_models
from forumplanner.partners import models as partners_models
from forumplanner.partners.duplicates import models as duplicates_models
from forumplanner.partners.importing import models as importing_models
from forumplanner.places import models as places_models
from forumplanner.printing.coverage import find_unprintable
from forumplanner.register import models as register_models
from forumplanner.retention import models as retention_models
from forumplanner.rounds import models as rounds_models
from forumplanner.web import (
    addresses,
    compression,
    database,
    errors,
    filters,
    forms,
    headers,
    jobs,
    limits,
    locale,
    logs,
    once,
    redrawing,
    saying,
    thai_passages,
    today,
    transactions,
    whole_words,
)
from forumplanner.web.access import init_access
from forumplanner.web.application import Application

MEGABYTE = 1_000_000

# Every table is known to the metadata, whether or not a page uses it.
MODELS = (
    accounts_models,
    agenda_models,
    attendance_models,
    duplicates_models,
    history_models,
    importing_models,
    invitations_models,
    minutes_models,
    outbox_models,
    outcomes_models,
    partners_models,
    places_models,
    register_models,
    retention_models,
    rounds_models,
)

FEATURES = (
    outbox,
    accounts,
    places,
    rounds,
    partners,
    invitations,
    agenda,
    register,
    outcomes,
    attendance,
    minutes,
    feeds,
    briefs,
    retention,
    desks,
    upkeep,
)


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application for these settings (from the environment unless given)."""
    settings = settings or read_settings()
    app = Application("forumplanner", root_path=str(PACKAGE), template_folder=str(templates_dir()))
    app.config.from_mapping(flask_config(settings))

    logs.init_logs(app)
    addresses.init_addresses(app)
    database.init_database(app, settings)
    compression.init_compression(app)
    whole_words.init_whole_words(app)
    headers.init_headers(app)
    locale.init_locale(app)
    thai_passages.init_thai_passages(app)
    today.init_today(app)
    filters.init_filters(app)
    forms.init_forms(app)
    redrawing.init_redrawing(app)
    saying.init_saying(app)
    app.jinja_env.globals["unprintable"] = find_unprintable
    errors.init_errors(app)
    transactions.init_transactions(app)
    jobs.init_jobs(app)
    limits.init_limits(app)
    for feature in FEATURES:
        feature.init_feature(app)
    init_access(app)
    once.init_once(app)
    return app


def flask_config(settings: Settings) -> dict[str, object]:
    """Flask's own settings, from ours."""
    https = settings.base_url.startswith("https://")
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.env == "test",
        "MAX_CONTENT_LENGTH": MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_NAME": "forumplanner",
        "PREFERRED_URL_SCHEME": "https" if https else "http",
        # A form may stand open as long as the session lasts: nothing typed is lost to a clock.
        "WTF_CSRF_TIME_LIMIT": None,
        # Pages on private links send no referrer, so it cannot be asked for; the token and SameSite cookies stand.
        "WTF_CSRF_SSL_STRICT": False,
        "TEMPLATES_AUTO_RELOAD": settings.env == "development",
    }
