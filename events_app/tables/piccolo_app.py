"""What Piccolo must know of the tables to migrate them. They stand in an order in which each refers to earlier ones."""

from __future__ import annotations

from pathlib import Path

from piccolo.conf.apps import AppConfig

from .every import TABLES

APP_CONFIG = AppConfig(
    app_name="events_app",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=list(TABLES),
)
