"""The site as a play: a browser window for each person, signed in through the page."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from esar.platform.organisations.models import Person


class Stage:
    """The site, and a browser window for each person."""

    def __init__(self, site: str, browser: Browser) -> None:
        self.site, self.browser = site, browser
        self.windows: dict[int, Page] = {}

    def window(self, person: Person) -> Page:
        """The person's window, signed in through the page."""
        if person.pk not in self.windows:
            context = self.browser.new_context(
                viewport={"width": 1280, "height": 900}, locale="th-TH", timezone_id="Asia/Bangkok"
            )
            page = context.new_page()
            page.goto(f"{self.site}/account/login/")
            page.get_by_label("อีเมล", exact=True).fill(person.email)
            page.get_by_label("รหัสผ่าน", exact=True).fill("a-long-passphrase-1")
            page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).first.click()
            expect(page.get_by_role("heading", name="งานของฉัน")).to_be_visible()
            self.windows[person.pk] = page
        return self.windows[person.pk]

    def goto(self, person: Person, path: str) -> Page:
        page = self.window(person)
        page.goto(self.site + path)
        return page

    def refused(self, person: Person, path: str, said: str, **data: str) -> None:
        """Post what the page offers others; the refusal is a page with its sentence."""
        page = self.goto(person, "/desk/")
        token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        answer = page.request.post(
            self.site + path,
            form={"csrfmiddlewaretoken": token, **data},
            headers={"Referer": self.site + "/desk/"},
        )
        assert answer.status in (403, 404, 422), (path, answer.status)
        assert said in answer.text(), (path, said)

    def close(self) -> None:
        for page in self.windows.values():
            page.context.close()
