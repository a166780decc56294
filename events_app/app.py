"""Put together: settings, database, routes. A server runs `events_app.app:app`."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from datetime import datetime

from litestar import Litestar
from litestar.datastructures import State
from litestar.types import LifeSpanReceive, LifeSpanScope, LifeSpanSend, Receive, Scope, Send

from .editing.post import Postman
from .settings import Settings, settings
from .tables import database
from .web.errors import handle
from .web.front import Front
from .web.organiser.drafts import Drafts
from .web.outputs import Outputs, now
from .web.routes import handlers, inside
from .web.uploads import Uploads


class App(Litestar):
    """Litestar behind a door that answers the public itself: routing and responding are half of the cost of a 304."""

    front: Front

    async def __call__(
        self, scope: Scope | LifeSpanScope, receive: Receive | LifeSpanReceive, send: Send | LifeSpanSend
    ) -> None:
        if scope["type"] == "lifespan":
            await super().__call__(scope, receive, send)
        else:
            await self.front(scope, receive, send)  # type: ignore[arg-type]


def create_app(settings: Settings, *, clock: Callable[[], datetime] = now) -> App:
    outputs = Outputs(settings, clock=clock)

    async def open_database() -> None:
        await database.start(settings.database)
        made.front.stopped = False

    async def close_front() -> None:
        made.front.stopped = True

    postman = Postman(settings)

    made = App(
        route_handlers=handlers(),
        exception_handlers={Exception: handle},
        on_startup=[lambda: _log(settings), open_database, postman.begin],
        on_shutdown=[close_front, postman.end, database.stop],
        state=State(
            {
                "settings": settings,
                "outputs": outputs,
                "drafts": Drafts(),
                "uploads": Uploads(settings.data / "uploads"),
                "kept_free": inside(),
            }
        ),
        openapi_config=None,
        logging_config=None,
        debug=False,
    )
    made.front = Front(super(App, made).__call__, inside(), outputs, settings)
    return made


def _log(settings: Settings) -> None:
    """Our log on standard error, unless whoever runs this has set up something else."""
    logging.getLogger("events_app.access").disabled = not settings.access_log
    ours = logging.getLogger("events_app")
    if not ours.handlers and not logging.getLogger().handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        ours.addHandler(handler)
        ours.setLevel(logging.INFO)


app = create_app(settings())

gc.collect()
gc.freeze()  # what is loaded by now stays: looking through it for garbage would hold up some answers by 100 ms
