from __future__ import annotations

from datetime import UTC, datetime

import pytest

from events_app.web.conditional import encoding, has_it, header, http_date

TAG = b'"b-7-br"'
CHANGED = datetime(2028, 3, 25, 9, 0, 0, 500_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        (b"", "identity"),
        (b"gzip, deflate, br", "br"),
        (b"gzip, deflate", "gzip"),
        (b"br;q=0, gzip", "gzip"),
        (b"br;q=0, gzip;q=0", "identity"),
        (b"br; q=0.5, gzip; q=0.8", "gzip"),
        (b"GZIP", "gzip"),
        (b"*", "br"),
        (b"*;q=0", "identity"),
        (b"br;q=0, *", "gzip"),
        (b"identity;q=1, gzip;q=0.5", "identity"),
        (b"identity", "identity"),
        (b"br;q=nonsense, gzip", "gzip"),
        (b"zstd", "identity"),
        (b";;,,=", "identity"),
        (b"\xff\xfe", "identity"),
    ],
)
def test_the_encoding_is_the_best_that_the_client_takes(accepted: bytes, chosen: str) -> None:
    assert encoding(accepted) == chosen


@pytest.mark.parametrize(
    ("known", "same"),
    [
        (TAG, True),
        (b"W/" + TAG, True),
        (b'"a", W/"b", ' + TAG, True),
        (b'"with, comma",' + TAG, True),
        (b"*", True),
        (b" * ", True),
        (b'"b-6-br"', False),
        (b"b-7-br", False),
        (b'"b-7-br', False),
        (b"nonsense", False),
    ],
)
def test_if_none_match_takes_lists_weak_tags_and_a_star(known: bytes, same: bool) -> None:
    assert has_it([(b"if-none-match", known)], TAG, None) is same


def test_several_headers_of_one_name_are_one_list() -> None:
    assert has_it([(b"if-none-match", b'"a"'), (b"if-none-match", TAG)], TAG, None)
    assert header([(b"a", b"1"), (b"b", b"2"), (b"a", b"3")], b"a") == b"1, 3"


@pytest.mark.parametrize(
    ("since", "same"),
    [
        (b"Sat, 25 Mar 2028 09:00:00 GMT", True),
        (b"Sat, 25 Mar 2028 09:00:01 GMT", True),
        (b"Sat, 25 Mar 2028 08:59:59 GMT", False),
        (b"Saturday, 25-Mar-28 09:00:00 GMT", True),
        (b"nonsense", False),
        (b"", False),
        (b"\xff", False),
    ],
)
def test_if_modified_since_counts_whole_seconds(since: bytes, same: bool) -> None:
    assert has_it([(b"if-modified-since", since)], TAG, CHANGED) is same


def test_if_none_match_goes_before_if_modified_since() -> None:
    headers = [(b"if-none-match", b'"old"'), (b"if-modified-since", b"Sat, 25 Mar 2028 09:00:00 GMT")]
    assert not has_it(headers, TAG, CHANGED)


def test_a_moment_is_said_as_http_says_it() -> None:
    assert http_date(CHANGED) == b"Sat, 25 Mar 2028 09:00:00 GMT"
