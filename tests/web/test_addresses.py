from __future__ import annotations

import pytest

from events_app.renditions import RENDITIONS
from events_app.web.addresses import Addresses, _pattern

ADDRESSES = Addresses(RENDITIONS)


def name(address: str) -> str | None:
    found = ADDRESSES.find(address, "")
    return found and found.rendition.address


def test_every_rendition_is_found_at_its_own_address() -> None:
    for rendition in RENDITIONS:
        example = rendition.address.replace("{code}", "P1").replace("{n}", "3").replace("{edition}", "booklet")
        assert name(example) == rendition.address


def test_no_two_renditions_have_one_address() -> None:
    addresses = [rendition.address for rendition in RENDITIONS]
    assert len(addresses) == len(set(addresses))


def test_a_code_may_hold_a_full_stop_and_a_calendar_is_still_a_calendar() -> None:
    assert name("sessions/a.b-c_D.ics") == "sessions/{code}.ics"
    assert name("sessions/a.b-c_D") == "sessions/{code}"
    found = ADDRESSES.find("sessions/a.b.ics", "")
    assert found is not None
    assert found.params == {"code": "a.b"}


@pytest.mark.parametrize(
    "address", ["nothing", "sessions/a/b", "sessions/ä", "sessions/a b", "sessions/a%2e", "..", "sessions/\n"]
)
def test_anything_else_is_nothing(address: str) -> None:
    assert ADDRESSES.find(address, "") is None


def test_only_what_the_rendition_understands_of_a_query_counts() -> None:
    found = ADDRESSES.find("calendar.ics", "utm_source=x&cancelled=1&cancelled=0&day=")
    assert found is not None
    assert found.given == (("cancelled", "0"),)
    assert ADDRESSES.find("calendar.ics", "utm_source=x") == ADDRESSES.find("calendar.ics", "")


def test_a_place_in_an_address_is_no_regular_expression() -> None:
    assert _pattern("a.b/{code}").fullmatch("a.b/x")
    assert not _pattern("a.b/{code}").fullmatch("aXb/x")


def test_what_a_query_may_not_say_makes_no_answer_of_its_own() -> None:
    """Else everybody could fill what is kept with copies of one page."""
    plain = ADDRESSES.find("calendar.ics", "")
    assert ADDRESSES.find("calendar.ics", "cancelled=7") == plain
    assert ADDRESSES.find("calendar.ics", "cancelled=0&x=" + "y" * 5000) == plain
    assert ADDRESSES.find("calendar.ics", "cancelled=0") != plain
