"""The pages of a small life of bodies: its list with files, one to begin, one to read and move.

What a thing says is declared once, for the columns of the list, those of its files and its page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from esar.kernel.access import require
from esar.platform.lifecycle.editing import mark_of_thing, save_text
from esar.platform.lifecycle.life import Life
from esar.platform.lifecycle.posting import move_path, possible, thing_or_404
from esar.platform.organisations.queries import bodies_with, by_at_on
from esar.platform.organisations.tables import body_column, body_fields
from esar.platform.ui import clock
from esar.platform.ui.cells import Shower, path_of
from esar.platform.ui.columns import state_column, state_field
from esar.platform.ui.doors import signed_in
from esar.platform.ui.export_path import Door, list_paths
from esar.platform.ui.form_page import form_page, posted
from esar.platform.ui.forms import lazy_say as _
from esar.platform.ui.list_page import Column, Field, ListPage, Row
from esar.platform.ui.telling import tell
from esar.platform.ui.templatetags.words import name_of
from esar.platform.ui.year import chosen_year


def not_saved(request: HttpRequest, form: Any) -> JsonResponse:
    """Why a page that saves itself was not saved; after a conflict with both texts."""
    errors = [str(error) for listed in form.errors.values() for error in listed]
    if not form.kept_beside:
        return JsonResponse({"problems": errors}, status=422)
    html = render_to_string("ui/_kept_beside.html", {"form": form}, request)
    return JsonResponse({"problems": errors, "html": html}, status=409)


@dataclass(frozen=True)
class Said:
    """Something that a thing says: called label.<name>, at a path (by default its name).

    `as_` says it in words, `whole` does on its page, from the thing itself. `listed`: the list
    shows it too.
    """

    name: str
    of: str = ""
    as_: Shower | None = None
    whole: Callable[[Any], Any] | None = None
    listed: bool = False

    @property
    def label(self) -> Any:
        return _(f"label.{self.name}")

    @property
    def column(self) -> Column:
        return Column(self.name, self.label, self.of or None, self.as_, sort=self.of or self.name)

    @property
    def field(self) -> Field:
        return Field(self.name, self.label, self.of or None)

    def on_its_page(self, thing: Any) -> Any:
        if self.whole is not None:
            return self.whole(thing)
        value = path_of(thing, self.of or self.name)
        return self.as_(value) if self.as_ is not None else linebreaksbr(value)


class LifePages(ListPage[Row]):
    """Those of one life. A subclass names the life, its form, what its things say and its titles.

    The form takes the body and the year, and gives the thing's own `columns`. Codes are made of
    the life's name: page.<name>s, page.<name>s_none, page.<name>_new. A list costs two queries.
    """

    life: ClassVar[Life[Any]]
    form: ClassVar[Callable[..., Any]]
    says: ClassVar[Sequence[Said]]
    page_template: ClassVar[str] = "ui/thing.html"
    then = ("-since", "-pk")

    def __init_subclass__(cls) -> None:
        life = cls.life
        cls.title, cls.empty = _(f"page.{life.name}s"), _(f"page.{life.name}s_none")
        cls.name, cls.address = f"esar-{life.name}s", f"{life.page}s-export"
        cls.columns = (
            body_column(life.body_at, life.page),
            *(said.column for said in cls.says if said.listed),
            state_column(life.state_words),
        )
        cls.fields = (
            *body_fields(life.body_at),
            *(said.field for said in cls.says),
            state_field(life.state_words),
        )

    def rows(self) -> QuerySet[Any]:
        return self.life.visible(self.reader.person, self.reader.day)

    def begins(self) -> Iterator[tuple[Any, str]]:
        roles, year = self.life.moves["begin"].roles, chosen_year(self.request)
        for body in bodies_with(self.reader.person, self.reader.day, *roles):
            address = reverse(f"{self.life.page}-new", args=[body.code, year])
            yield self.new_words(name_of(body), year), address

    @classmethod
    def beside(cls, request: HttpRequest, thing: Row) -> dict[str, Any]:  # noqa: ARG003
        """What the page of a thing shows beside what it says."""
        return {}

    @classmethod
    def new_words(cls, body: str, year: int) -> Any:
        return _(f"page.{cls.life.name}_new", (("body", body), ("year", year)))

    @classmethod
    def paths(cls, route: str, door: Door) -> list[URLPattern]:
        """The addresses of all its pages, below `route`."""
        life, name = cls.life, cls.life.page.partition(":")[2]

        @signed_in(*life.moves["begin"].roles)
        @require_http_methods(["GET", "HEAD", "POST"])
        def new(request: HttpRequest, code: str, year: int) -> HttpResponse:
            roles = life.moves["begin"].roles
            body = get_object_or_404(bodies_with(request.user, clock.today(), *roles), code=code)
            form = cls.form(posted(request), body=body, year=year)
            if form.is_valid():
                with form.refusing():
                    begun = life.model(body=body, fiscal_year=year, **form.columns)
                    act = life.move(begun, "begin", **by_at_on(request))
                    return redirect(life.address(act.thing))
            title = cls.new_words(name_of(body), year)
            return form_page(request, form, "ui/form.html", {"title": title})

        @door
        @require_safe
        def thing_page(request: HttpRequest, pk: int) -> HttpResponse:
            subject = thing_or_404(request, life, pk)
            facts = [(said.label, said.on_its_page(subject)) for said in cls.says]
            context = {"thing": subject, "life": life, "body": life.body_of(subject)}
            context |= {"facts": facts, "list": f"{life.page}s", "list_title": cls.title}
            if "edit" in life.edits and life.may(request.user, subject, "edit", clock.today()):
                context["edit"] = reverse(f"{life.page}-edit", args=[pk])
            context |= possible(request, life, subject) | cls.beside(request, subject)
            return render(request, cls.page_template, context)

        @signed_in(*(life.edits["edit"].roles if "edit" in life.edits else ()))
        @require_http_methods(["GET", "HEAD", "POST"])
        def edit(request: HttpRequest, pk: int) -> HttpResponse:
            subject = thing_or_404(request, life, pk)
            require(life.may(request.user, subject, "edit", clock.today()))
            body, year = life.body_of(subject), subject.fiscal_year
            form = cls.form(posted(request), body=body, year=year, thing=subject)
            is_saving_itself = request.headers.get("X-Autosave") == "1"
            if form.is_valid():
                with form.refusing():
                    seen = form.cleaned_data["seen"]
                    subject = save_text(life, subject, form.columns, seen=seen, **by_at_on(request))
                    if is_saving_itself:
                        return JsonResponse({"revision": mark_of_thing(life, subject)})
                    tell(request, "page.draft_saved")
                    return redirect(life.address(subject))
            if is_saving_itself:
                return not_saved(request, form)
            title = _(f"page.{life.name}_edit", (("body", name_of(body)), ("year", year)))
            context = {"title": title, "cancel": life.address(subject)}
            return form_page(request, form, "ui/draft.html", context)

        edit_paths = [path(f"{route}<int:pk>/edit/", edit, name=f"{name}-edit")]
        return [
            *(edit_paths if "edit" in life.edits else ()),
            *list_paths(route, cls, door, name=f"{name}s", file=f"{route}list"),
            path(f"{route}new/<str:code>/<int:year>/", new, name=f"{name}-new"),
            path(f"{route}<int:pk>/", thing_page, name=name),
            move_path(f"{route}<int:pk>/move/", life, door),
        ]
