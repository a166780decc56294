"""What speakers, authors, chairs and hosts keep right themselves: the pages under `/speak/`."""

from . import overview

__all__ = ["overview"]
