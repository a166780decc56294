"""Who can sign in, and what they may do in which event. Of a token only its hash is kept."""

from __future__ import annotations

from piccolo.columns import BigInt, Integer
from piccolo.table import Table

from .columns import key, moment, owner, words
from .programme import Events


class Accounts(Table):
    """`email` is in lower case."""

    id = key()
    email = words(unique=True)
    since = moment()


class Members(Table):
    """An account's rights in one event."""

    id = key()
    account = owner(Accounts)
    event = owner(Events)
    role = words()


class SignInLinks(Table):
    """A link that was sent to an address: good once, until it expires. `by` is who asked for it.

    `event` is the slug of the only event in which it gives rights; empty: all in which the account has any.
    """

    id = key()
    token = words(unique=True)
    email = words()
    by = words()
    expires = moment()
    used = moment()
    event = words()


class SignIns(Table):
    """`event` is that of the link that was used."""

    id = key()
    token = words(unique=True)
    account = owner(Accounts)
    since = moment()
    seen = moment()
    agent = words()
    event = words()


class Tries(Table):
    """How often something was tried lately. `what` is a hash; `until` is in seconds since 1970."""

    id = key()
    what = words(unique=True)
    until = BigInt(default=0)
    number = Integer(default=0)
