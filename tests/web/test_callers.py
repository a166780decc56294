"""From where somebody asks: whom a limit counts."""

from __future__ import annotations

import pytest
from litestar.connection import ASGIConnection

from events_app.web.callers import caller


@pytest.mark.parametrize(
    ("direct", "forwarded", "found"),
    [
        ("93.184.216.34", "", "93.184.216.34"),
        ("93.184.216.34", "198.51.100.1", "93.184.216.34"),  # whoever asks from the world says nothing about themselves
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.3", "made up, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "<script>", "unknown"),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
        ("127.0.0.1", "2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("::ffff:93.184.216.34", "", "93.184.216.34"),
        (None, "198.51.100.1", "unknown"),
    ],
)
def test_a_caller_is_an_address_or_the_network_of_a_household(direct: str | None, forwarded: str, found: str) -> None:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    scope = {"type": "http", "client": (direct, 1) if direct else None, "headers": headers}
    assert caller(ASGIConnection(scope)) == found  # type: ignore[arg-type]
