from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Text

ID = "2026-11-22T14:42:18:556105"
VERSION = "1.38.0"
DESCRIPTION = "Letters that wait are found at once"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="events_app", description=DESCRIPTION
    )

    manager.alter_column(
        table_class_name="Letters",
        tablename="letters",
        column_name="state",
        db_column_name="state",
        params={"index": True},
        old_params={"index": False},
        column_class=Text,
        old_column_class=Text,
        schema=None,
    )

    return manager
