"""What the `piccolo` command and the migrations look for: the database, and the app whose tables it holds."""

from __future__ import annotations

from typing import Any

from piccolo.conf.apps import AppRegistry

from .tables import database

APP_REGISTRY = AppRegistry(apps=["events_app.tables.piccolo_app"])


def __getattr__(name: str) -> Any:
    """`DB`, made when it is asked for: the engine in use, else one for the database of the settings."""
    if name != "DB":
        raise AttributeError(name)
    return database.engine()
