"""How a programme is kept: Piccolo tables and migrations, one set for SQLite and PostgreSQL, and nothing else."""
