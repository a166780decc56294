"""What must be unique of letters, files and what speakers say, as in the migration of 11:24."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-22T14:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What must be unique of letters, files and what speakers say"

UNIQUE = (
    ("wishes", "event", "person"),
    ("requests", "event", "code"),
    ("offers", "event", "code"),
    ("wordings", "event", "letter"),
    ("files", "event", "name"),
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="events_app", description=DESCRIPTION)

    async def run():
        for table, *columns in UNIQUE:
            names = ", ".join(f'"{column}"' for column in columns)
            await engine_finder().run_ddl(
                f'CREATE UNIQUE INDEX IF NOT EXISTS "{"_".join((table, *columns))}" ON "{table}" ({names})'
            )

    manager.add_raw(run)
    return manager
