"""How often something may be tried, counted in the database: however many processes serve, it is one count."""

from __future__ import annotations

from hashlib import sha256
from time import time

from ..tables import database
from ..tables.accounts import Tries
from ..tables.columns import new_key

_COUNT = """
INSERT INTO tries (id, what, until, number) VALUES ({}, {}, {}, 1)
ON CONFLICT (what) DO UPDATE SET
  number = CASE WHEN tries.until <= {} THEN 1 ELSE tries.number + 1 END,
  until = CASE WHEN tries.until <= {} THEN excluded.until ELSE tries.until END
RETURNING number, until
"""


async def wait_before(what: str, *, times: int, seconds: int) -> int:
    """Counts a try; 0 if it is one of the first `times` within `seconds`, else how many seconds to wait."""
    now = int(time())
    async with database.engine().transaction():
        await Tries.delete().where(Tries.until <= now)
        hashed = sha256(what.encode()).hexdigest()
        rows = await Tries.raw(_COUNT, new_key(), hashed, now + seconds, now, now)
    return int(rows[0]["until"]) - now if rows[0]["number"] > times else 0
