"""What must be unique, where that takes two columns: Piccolo has no words for it that both engines understand."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-22T11:24:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What must be unique"

CODED = ("rooms", "tracks", "people", "panels", "showcases", "papers", "sessions")
UNIQUE = (
    *((table, "event", "code") for table in CODED),
    ("contacts", "event", "person"),
    ("expected", "event", "session"),
    ("needs", "event", "showcase"),
    ("releases", "event", "revision"),
    ("log", "event", "revision"),
    ("members", "event", "account"),
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
