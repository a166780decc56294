"""A community group on a phone: from an offer, over the link in a letter, to the page that everybody sees."""

from __future__ import annotations

from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .service import Service

pytestmark = pytest.mark.walk

SLUG = "small-2028"
GITA = "gita@example.org"
OLGA = "olga@example.org"


def sound(page: Page) -> None:
    """Nothing is in anybody's way on this page, and it is no wider than the telephone."""
    assert Axe().run(page).response["violations"] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url


def telephone(browser: Browser, wrong: list[str]) -> BrowserContext:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    return context


def test_a_group_offers_a_showcase_is_taken_and_makes_its_page(browser: Browser, service: Service) -> None:
    wrong: list[str] = []
    desk = browser.new_context(viewport={"width": 1280, "height": 900})
    office = desk.new_page()
    service.sign_in(office, OLGA, SLUG)
    opened(office, service)
    with telephone(browser, wrong) as phone:
        offered(phone.new_page(), service)
    taken(office, service)
    with telephone(browser, wrong) as phone:
        page = phone.new_page()
        signed_in(page, service)
        kept(page)
        pictured(page)
        public(page, service)
    desk.close()
    assert wrong == []


def opened(office: Page, service: Service) -> None:
    """Organisers open the form, and learn its address."""
    office.goto(f"{service.base}/organise/{SLUG}/settings")
    office.get_by_label("Anybody may offer a showcase").check()
    office.get_by_label("Quiet minutes after a release").fill("0")
    office.get_by_role("button", name="Save").last.click()
    office.goto(f"{service.base}/organise/{SLUG}/offers/")
    expect(office.get_by_label("Address of the form")).to_have_value(f"{service.base}/offer/{SLUG}/")


def offered(page: Page, service: Service) -> None:
    page.goto(f"{service.base}/offer/{SLUG}/")
    sound(page)
    page.get_by_label("Your name").fill("Gita Rao")
    page.get_by_label("What it is called").fill("Kissing it Better")
    page.get_by_label("You may name us").check()
    page.get_by_label("You may show our pictures").check()
    page.get_by_role("button", name="Send it").tap()
    expect(page.get_by_text("This cannot be empty.").first).to_be_visible()
    expect(page.get_by_label("What it is called")).to_have_value("Kissing it Better")
    sound(page)
    page.get_by_label("Your e-mail address").fill(GITA)
    page.wait_for_timeout(3000)  # nobody types all this in less, and who does is asked to look again
    page.get_by_role("button", name="Send it").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    sound(page)


def taken(office: Page, service: Service) -> None:
    """One click, and a release: the group is in the programme."""
    office.goto(f"{service.base}/organise/{SLUG}/offers/")
    office.get_by_role("button", name="Take it: Kissing it Better").click()
    expect(office.get_by_text("“Kissing it Better” is a showcase now.")).to_be_visible()
    service.run("release", SLUG)


def signed_in(page: Page, service: Service) -> None:
    """The letter's link; whoever has one showcase and nothing else finds it at once."""
    page.goto(service.letter(GITA))
    page.get_by_role("button").first.tap()
    page.wait_for_url(f"{service.base}/speak/{SLUG}/")
    sound(page)
    page.get_by_role("link", name="Kissing it Better").first.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kissing it Better")
    sound(page)


def kept(page: Page) -> None:
    """Words, people and needs in one form; what was saved is public at once."""
    page.get_by_label("In one sentence").fill("Songs, pets and nail varnish on hospital wards.")
    page.get_by_label("What came of it").fill("Wards that *laugh*.")
    page.get_by_label("Name", exact=True).last.fill("Fred Marsh")
    page.get_by_label("Electricity").check()
    page.get_by_label("Trust in public services").check()
    page.get_by_label("What you would show").fill("Two songs, at noon.")
    page.get_by_role("button", name="Save", exact=True).last.tap()
    expect(page.get_by_text("Everybody can see it now.")).to_be_visible()
    expect(page.get_by_text("Fred Marsh").first).to_be_visible()
    expect(page.get_by_text("You asked for a time of your own.")).to_be_visible()
    sound(page)


def pictured(page: Page) -> None:
    photograph = BytesIO()
    Image.new("RGB", (900, 600), "#24576b").save(photograph, "JPEG")
    file = {"name": "ward.jpg", "mimeType": "image/jpeg", "buffer": photograph.getvalue()}
    page.get_by_label("A picture", exact=True).set_input_files(file)  # type: ignore[arg-type]
    page.get_by_label("What it shows, for those").fill("A choir between beds.")
    page.get_by_role("button", name="Add the picture").tap()
    expect(page.get_by_role("img", name="A choir between beds.").first).to_be_visible()
    sound(page)


def public(page: Page, service: Service) -> None:
    """What everybody sees; nobody sees an address or a need."""
    page.get_by_role("link", name="Your page, as everybody sees it").tap()
    page.wait_for_url(f"{service.base}/{SLUG}/showcases/kissing-it-better")
    expect(page.get_by_text("Songs, pets and nail varnish on hospital wards.")).to_be_visible()
    expect(page.get_by_role("img", name="A choir between beds.")).to_be_visible()
    expect(page.get_by_role("link", name="Fred Marsh")).to_be_visible()
    expect(page.get_by_role("link", name="Trust in public services")).to_be_visible()
    for secret in (GITA, "Two songs", "Electricity"):
        assert secret not in page.content()
    sound(page)
