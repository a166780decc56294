"""From where somebody asks: for limits on what nobody has to sign in for."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from litestar.connection import ASGIConnection

FROM = "unknown"
"""What stands for a caller whose address nobody says."""


def caller(connection: ASGIConnection) -> str:  # type: ignore[type-arg]
    """The address of whoever asks; of IPv6 the network (/64), of which one household has as many as it likes.

    A proxy is believed where it asks from a private network: it says in X-Forwarded-For, last, from whom it has this.
    """
    direct = connection.client.host if connection.client else FROM
    forwarded = connection.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return _place(forwarded if forwarded and _is_near(direct) else direct)


def _is_near(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:
        return False


def _place(host: str) -> str:
    try:
        found = ip_address(host)
    except ValueError:
        return FROM
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((int(found), 64), strict=False))
    return str(found)
