from __future__ import annotations

import asyncio
import json
import os
import re
import resource
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from events_app import cli, editing
from events_app.editing import letters
from events_app.programme.planning import Contact
from events_app.settings import settings
from events_app.tables import database

from .conference import PROGRAMME, at
from .conftest import Copy
from .editing.mail import mail_server

Run = Callable[..., Result]
KIND = "events-app programme 1"


@pytest.fixture
def url(copies: Copy) -> str:
    return copies("bare")


@pytest.fixture
def run(url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `events` with these arguments on a database that does not exist yet, in an empty folder."""
    monkeypatch.setenv("EVENTS_DATABASE_URL", url)
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli.main, arguments, catch_exceptions=False)

    yield run  # type: ignore[misc]
    settings.cache_clear()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The small conference in a file."""
    return write(tmp_path / "programme.json", PROGRAMME)


def write(path: Path, programme: object) -> Path:
    path.write_bytes(msgspec.json.encode({"kind": KIND, "programme": programme}))
    return path


def test_an_import_makes_the_database_and_tells_what_it_took(run: Run, file: Path) -> None:
    done = run("import", str(file))
    assert done.exit_code == 0
    assert "small-2028: 8 sessions, 5 papers, 6 people, 3 rooms, 2 days in the file." in done.stdout
    assert "26 new, 0 changed, 0 gone." in done.stdout


def test_an_import_reports_as_one_json_object(run: Run, file: Path) -> None:
    report = json.loads(run("import", str(file), "--json").stdout)
    assert report == {
        "event": "small-2028",
        "sessions": 8,
        "papers": 5,
        "people": 6,
        "rooms": 3,
        "days": 2,
        "new": 26,
        "changed": 0,
        "gone": 0,
        "odd": [],
    }
    again = json.loads(run("import", str(file), "--json").stdout)
    assert (again["new"], again["changed"], again["gone"]) == (0, 0, 0)


def test_an_import_goes_to_the_event_that_is_named(run: Run, file: Path) -> None:
    assert json.loads(run("import", str(file), "--event", "other", "--json").stdout)["event"] == "other"


def test_a_release_reports_what_changed(run: Run, file: Path) -> None:
    run("import", str(file))
    first = json.loads(run("release", "small-2028", "--json").stdout)
    assert first == {"version": 1, "revision": first["revision"], "changes": []}
    sessions = (replace(PROGRAMME.sessions[0], starts=at(25, 10)), *PROGRAMME.sessions[1:])
    run("import", str(write(file, replace(PROGRAMME, sessions=sessions))))
    done = run("release", "small-2028", "--notes", "Moved")
    assert "small-2028: version 2 is published." in done.stdout
    assert "Opening keynote" in done.stdout


def test_a_release_of_nothing_new_is_refused(run: Run, file: Path) -> None:
    run("import", str(file))
    run("release", "small-2028")
    again = run("release", "small-2028")
    assert (again.exit_code, again.stderr) == (1, "Nothing that the public sees has changed since version 1.\n")


def test_a_check_lists_findings(run: Run, file: Path) -> None:
    run("import", str(file))
    found = json.loads(run("check", "small-2028", "--json").stdout)["findings"]
    assert {"code", "severity", "sentence"} <= found[0].keys()
    told = run("check", "small-2028")
    assert found[0]["sentence"] in told.stdout
    assert told.exit_code == 0


def test_a_check_leaves_out_what_is_accepted_but_counts_it(run: Run, file: Path, url: str) -> None:
    import asyncio

    from events_app import editing, reading
    from events_app.programme.clashes import findings
    from events_app.tables import database

    run("import", str(file))

    async def accept_first() -> None:
        async with database.running(url):
            draft = await reading.draft("small-2028")
            await editing.accept("small-2028", findings(draft.programme, draft.planning)[0], "Known", "tests")

    before = run("check", "small-2028").stdout.splitlines()
    asyncio.run(accept_first())
    after = run("check", "small-2028").stdout.splitlines()
    assert after[:-2] == before[1:-1]
    assert after[-1] == "1 is accepted."
    assert f"{before[0]} (accepted: Known)" in run("check", "small-2028", "--all").stdout.splitlines()
    told = json.loads(run("check", "small-2028", "--json").stdout)
    assert (len(told["findings"]), told["accepted"]) == (len(before) - 2, 1)


def test_an_export_is_what_the_public_gets(run: Run, file: Path, tmp_path: Path) -> None:
    run("import", str(file))
    early = run("export", "small-2028", "calendar", "-o", "all.ics")
    assert (early.exit_code, (tmp_path / "all.ics").exists()) == (1, False)
    assert "has not been released yet" in early.stderr
    run("release", "small-2028")
    assert run("export", "small-2028", "calendar", "-o", "all.ics").exit_code == 0
    assert (tmp_path / "all.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    one = run("export", "small-2028", "people/bob-baker.ics", "-o", "-")
    assert one.stdout_bytes.count(b"BEGIN:VEVENT") == 2
    assert run("export", "small-2028", "people/nobody.ics", "-o", "x").exit_code == 1


def test_a_format_that_is_not_there_is_wrong_usage(run: Run, file: Path) -> None:
    done = run("export", "small-2028", "papyrus", "-o", "x")
    assert done.exit_code == 2
    assert "calendar" in done.stderr


def test_the_first_who_asks_for_a_link_organises_every_event(run: Run, file: Path, url: str) -> None:
    import asyncio

    from events_app.editing import accounts

    run("import", str(file))
    first = run("link", "alice@example.org")
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/sign-in/[\w-]{43}\n", first.stdout)
    run("link", "bob@example.org")

    async def organisers() -> list[str]:
        async with database.running(url):
            return await accounts.organisers("small-2028")

    assert asyncio.run(organisers()) == ["alice@example.org"]
    run("link", "bob@example.org", "--organise", "small-2028")
    assert asyncio.run(organisers()) == ["alice@example.org", "bob@example.org"]


def test_a_backup_is_restored(run: Run, file: Path, tmp_path: Path) -> None:
    run("import", str(file))
    before = run("check", "small-2028").stdout
    assert run("backup", "all.gz").exit_code == 0
    run("import", str(write(file, replace(PROGRAMME, sessions=PROGRAMME.sessions[:1]))))
    assert run("check", "small-2028").stdout != before
    assert run("restore", "all.gz").exit_code == 0
    assert run("check", "small-2028").stdout == before
    assert run("restore", str(file)).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "nowhere"), "There is no event “nowhere”."),
        (("release", "nowhere"), "There is no event “nowhere”."),
        (("export", "nowhere", "calendar", "-o", "x"), "There is no event “nowhere”."),
        (("import", "nothing.json"), "nothing.json: No such file or directory."),
        (("import", "."), ".: Is a directory."),
        (("restore", "nothing.gz"), "nothing.gz: No such file or directory."),
        (("backup", "no/such/folder"), "no/such/folder: No such file or directory."),
        (("link", "nobody"), "“nobody” is not an e-mail address."),
    ],
)
def test_what_is_refused_is_refused_in_one_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:
    run("migrate")
    done = run(*arguments)
    assert (done.exit_code, done.stderr, done.stdout) == (1, f"{said}\n", "")


def test_a_file_that_cannot_be_taken_is_named_and_nothing_is_made_of_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text("<schedule><day></schedule>")
    done = run("import", "x.xml")
    assert done.exit_code == 1
    assert done.stderr.startswith("x.xml: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("EVENTS_PORT", "many"), ("EVENTS_DATABASE_URL", "mysql://x"), ("EVENTS_DATABASE_URL", "postgresql://[::1]:1/x")],
)
def test_a_bad_setting_or_a_database_that_is_away_is_said(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setenv("EVENTS_DATA", str(tmp_path))
    settings.cache_clear()
    done = CliRunner().invoke(cli.main, ["migrate"])
    settings.cache_clear()
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_without_a_database_nothing_is_made_but_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTS_DATA", str(tmp_path / "var"))
    settings.cache_clear()
    done = CliRunner().invoke(cli.main, ["check", "x"])
    settings.cache_clear()
    assert (done.exit_code, done.stderr) == (
        1,
        "There is no database yet. “events import FILE” or “events demo” makes it.\n",
    )
    assert not (tmp_path / "var").exists()


def test_wrong_usage_is_status_2(run: Run) -> None:
    assert run("import").exit_code == 2
    assert run("sing").exit_code == 2
    assert run("export", "x", "calendar").exit_code == 2


def test_a_busy_database_is_said(sqlite_copies: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    from events_app.tables import sqlite

    url = sqlite_copies("conference")
    monkeypatch.setattr(sqlite, "PATIENCE", 0.1)
    monkeypatch.setenv("EVENTS_DATABASE_URL", url)
    settings.cache_clear()
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    done = CliRunner().invoke(cli.main, ["release", "small-2028"])
    other.close()
    settings.cache_clear()
    assert done.exit_code == 1
    assert done.stderr.startswith("The database is busy")


def test_help_is_quick_and_imports_neither_piccolo_nor_litestar() -> None:
    program = "import sys, events_app.cli; print({'piccolo', 'litestar', 'lxml', 'babel'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.slow
def test_fosdem_is_imported_and_released_in_seconds(tmp_path: Path) -> None:
    path = Path(__file__).parents[2] / "shared/data/schedule-xml/fosdem-2026/schedule.xml"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    environment = {**os.environ, "EVENTS_DATA": str(tmp_path)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    for arguments in (["import", str(path)], ["release", "fosdem-2026"]):
        subprocess.run([sys.executable, "-m", "events_app", *arguments], env=environment, check=True)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    assert spent < 4  # under 2 on a machine that has nothing else to do


def test_times_without_a_zone_are_in_the_zone_of_the_event_that_is_there(run: Run, file: Path, tmp_path: Path) -> None:
    run("import", str(file))
    (tmp_path / "more.csv").write_text("title,date,start,end,room\nOne more,2028-03-26,10:00,11:00,Aula\n")
    assert run("import", "more.csv", "--event", "small-2028").exit_code == 0
    run("release", "small-2028")
    run("export", "small-2028", "programme.json", "-o", "out.json")
    programme = json.loads((tmp_path / "out.json").read_bytes())["programme"]
    assert [s["starts"] for s in programme["sessions"] if s["title"] == "One more"] == ["2028-03-26T09:00:00Z"]


def test_the_spreadsheet_template_can_be_had(run: Run, tmp_path: Path) -> None:
    assert run("template", "-o", "programme.xlsx").exit_code == 0
    assert (tmp_path / "programme.xlsx").read_bytes().startswith(b"PK")


def test_a_port_that_is_taken_is_refused_with_a_sentence(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even one that its server would share: with two on one port each request goes to either."""
    run("import", str(file))
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("EVENTS_PORT", str(port))
        settings.cache_clear()
        done = run("serve")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"Port {port} is taken: something serves there already. EVENTS_PORT names another.\n"


def _written(url: str) -> None:
    """The small conference, with one letter of it and one to sign in."""

    async def work() -> None:
        async with database.running(url):
            await editing.put("small-2028", "contacts", Contact(person="bob-baker", email="bob@example.org"), "tests")
            await letters.invite("small-2028", ["bob-baker"], "tests")
            await letters.ask_sign_in("bob@example.org")

    asyncio.run(work())


def test_letters_are_shown_without_a_mail_server_and_sign_nobody_in(run: Run, file: Path, url: str) -> None:
    run("import", str(file))
    _written(url)
    shown = run("letters", "small-2028").output
    assert "waiting invitation: Bob Baker <bob@example.org>" in shown
    assert "{link}" in shown
    assert shown.endswith("1 letter.\n")
    [letter] = json.loads(run("letters", "--json").output)["letters"]
    assert (letter["kind"], letter["state"], letter["error"]) == ("sign-in", "waiting", "")
    assert "/sign-in/" not in letter["text"]
    refused = run("send")
    assert refused.exit_code == 1
    assert "EVENTS_SMTP is not set" in refused.stderr


def test_letters_are_sent_by_the_server_in_the_settings(
    run: Run, file: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import", str(file))
    _written(url)
    with mail_server() as mailbox:
        monkeypatch.setenv("EVENTS_SMTP", mailbox.settings.smtp)
        settings.cache_clear()
        sent = run("send", "--json")
        assert json.loads(sent.output) == {"sent": 2, "refused": 0, "waiting": 0, "unsure": 0}
        assert mailbox.to == ["bob@example.org", "bob@example.org"]
    nobody = run("send")
    assert nobody.exit_code == 0
    assert nobody.output.startswith("0 sent, 0 refused;")


def test_a_mail_server_that_is_none_is_named_by_its_setting(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import", str(file))
    monkeypatch.setenv("EVENTS_SMTP", "me:secret@mail.example")
    settings.cache_clear()
    for command in ("send", "serve"):
        refused = run(command)
        assert refused.exit_code == 1
        assert "EVENTS_SMTP is not of the form" in refused.stderr
        assert "secret" not in refused.stderr
