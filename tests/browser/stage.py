"""The site as a play: a browser window for each person, signed in."""

from __future__ import annotations

from django.test import Client
from playwright.sync_api import Browser, Page

from esar.platform.organisations.models import Person
from tests.browser.windows import patient


class Stage:
    """The site, and a browser window for each person."""

    def __init__(self, site: str, browser: Browser) -> None:
        self.site, self.browser = site, browser
        self.windows: dict[int, Page] = {}
        self.visitors: list[Page] = []

    def window(self, person: Person) -> Page:
        """The person's window, signed in; the page of signing in has a test of its own."""
        if person.pk not in self.windows:
            context = patient(
                self.browser.new_context(
                    viewport={"width": 1280, "height": 900},
                    locale="th-TH",
                    timezone_id="Asia/Bangkok",
                    reduced_motion="reduce",
                )
            )
            client = Client()
            client.force_login(person)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.site}])
            self.windows[person.pk] = context.new_page()
        return self.windows[person.pk]

    def visitor(self) -> Page:
        """A window of someone who is not signed in."""
        page = patient(self.browser.new_context(locale="th-TH")).new_page()
        self.visitors.append(page)
        return page

    def goto(self, person: Person, path: str) -> Page:
        page = self.window(person)
        page.goto(self.site + path)
        return page

    def refused(self, person: Person, path: str, said: str, **data: str) -> None:
        """Post what the page offers others; the refusal is a page with its sentence."""
        page = self.window(person)
        answer = page.request.post(
            self.site + path,
            form={"csrfmiddlewaretoken": self._token(page), **data},
            headers={"Referer": self.site + "/desk/"},
        )
        assert answer.status in (403, 404, 422), (path, answer.status)
        assert said in answer.text(), (path, said)

    def _token(self, page: Page) -> str:
        """What the site gave this window with its first form."""
        for _ in range(2):
            for cookie in page.context.cookies():
                if cookie["name"] == "csrftoken":
                    return cookie["value"]
            page.goto(self.site + "/desk/")
        raise AssertionError("no form was shown")

    def close(self) -> None:
        for page in [*self.windows.values(), *self.visitors]:
            page.context.close()
