"""What speakers, authors, chairs and hosts keep right themselves: the pages under `/speak/`."""

from . import (
    asking,
    data,
    history,
    overview,
    panel_letters,
    panel_replies,
    panel_words,
    panels,
    papers,
    people,
    readdressing,
    sessions,
    showcases,
)

__all__ = [
    "asking",
    "data",
    "history",
    "overview",
    "panel_letters",
    "panel_replies",
    "panel_words",
    "panels",
    "papers",
    "people",
    "readdressing",
    "sessions",
    "showcases",
]
