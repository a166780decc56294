"""Lets the `piccolo` command, run in this folder, find the configuration."""

from events_app.piccolo_conf import APP_REGISTRY
from events_app.piccolo_conf import __getattr__ as __getattr__

__all__ = ["APP_REGISTRY"]
