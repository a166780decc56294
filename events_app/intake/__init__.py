"""How programmes are read in: bytes → a programme and what was odd in them. One module a format, one list.

The kind of a file is found from its content, never from its name.
"""

from __future__ import annotations

from collections.abc import Callable

from ..language import gettext as _
from ..programme.model import COLLECTIONS
from . import iosched, lineup, pretalx, programme_json, schedule_json, schedule_xml, sessionize, symposion, table, unfit
from .opened import Form, Reader, form_of, parsed_json, xml
from .reading import Columns, Hints, Odd, Reading, Refused
from .table import layout, template

__all__ = ["READERS", "Columns", "Hints", "Odd", "Reading", "Refused", "layout", "read", "template"]

READERS: tuple[Reader, ...] = (
    programme_json.READER,
    schedule_xml.READER,
    schedule_json.READER,
    pretalx.READER,
    sessionize.ALL,
    sessionize.GRID,
    sessionize.SESSIONS,
    symposion.READER,
    iosched.READER,
    lineup.READER,
    table.READER,
)
"""In the order in which they are asked; a file is read by the first that it fits."""

MOST = 20_000
"""Things of one kind. The largest programmes that we know have two thousand sessions."""

_NO_HINTS = Hints()
_OPEN: dict[Form, Callable[[bytes], object]] = {Form.XML: xml, Form.JSON: parsed_json, Form.TABLE: bytes}


def read(data: bytes, hints: Hints = _NO_HINTS) -> Reading:
    """The programme in a file of any known kind. The same bytes and hints always give an equal Reading.

    Raises Refused, with a sentence that says what, where and what to do, if the file cannot be taken as a whole.
    """
    form = form_of(data)
    opened = _OPEN[form](data)
    for reader in READERS:
        if reader.form is form and reader.fits(opened):
            return _bounded(reader.read(opened, hints))
    unfit.explain(opened)
    raise Refused(
        _("this {form} file is of no kind that is known here.").format(form=form),
        remedy=_(
            "Bring a schedule.xml, a schedule.json, Sessionize’s “All” view, or the spreadsheet template filled in."
        ),
    )


def _bounded(found: Reading) -> Reading:
    for name in COLLECTIONS:
        if (n := len(getattr(found.programme, name))) > MOST:
            raise Refused(
                _("the file holds {n:,} {collection}; no programme has more than {most:,}.").format(
                    n=n, collection=name, most=MOST
                ),
                remedy=_("Bring one conference at a time."),
            )
    return found
