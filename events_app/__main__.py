"""`python -m events_app` is the `events` command."""

from .cli import main

main()
