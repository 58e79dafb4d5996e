"""Components: markup that recurs stands in one file each, and a page reads like its outline.

A block tag (`{% facts %}…{% endfacts %}`) puts what stands in it into its component. Templates are
in `ui/components/`, each with what it needs on top.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.template.context import Context
from django.urls import reverse
from django.utils.safestring import SafeString

from esar.kernel.spelling import untitled
from esar.platform.ui.filters import BoundFilter
from esar.platform.ui.forms import lazy_say
from esar.platform.ui.list_page import Head, ListPage
from esar.platform.ui.templatetags import words

register = template.Library()
PAST, NOW, TO_COME = "past", "now", ""
WRITTEN_BEFORE = range(0x0E40, 0x0E45)  # vowels that stand before their consonant
STEPS_BACK = ("withdraw", "return", "decline")  # never the main thing to do


def component(context: Context, name: str, **values: Any) -> SafeString:
    """A component's markup; it sees what it is given, and the page's token for forms."""
    file = context.template.engine.get_template(f"ui/components/{name}.html")  # type: ignore[union-attr]
    inner = context.new(values)
    inner["csrf_token"] = context.get("csrf_token")
    return file.render(inner)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small drawing beside words; it says nothing that they do not. Names: `ui/icons.json`."""
    drawing = icon_drawings()[name]
    return SafeString(f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{drawing}</svg>')


@cache
def icon_drawings() -> dict[str, str]:
    """Name of an icon → what is in its drawing, as `make build/vendor` took it from the library."""
    (vendor,) = (folder for prefix, folder in settings.STATICFILES_DIRS if prefix == "vendor")
    drawings: dict[str, str] = json.loads((vendor / "icons.json").read_text("utf-8"))
    return drawings


@register.filter
def initials(name: str) -> str:
    """Two letters for a person, of the first and last name: their consonants, past any title."""
    names = untitled(name).split()
    first_and_last = names[:1] + names[1:][-1:]
    return "".join(_first_letter(name) for name in first_and_last).upper()


def _first_letter(name: str) -> str:
    letters = (sign for sign in name if sign.isalpha() and ord(sign) not in WRITTEN_BEFORE)
    return next(letters, "")


def trimmed(content: str) -> SafeString:
    """What stood in a tag, which the page has escaped, without the spaces around it."""
    return SafeString(content.strip())


@register.inclusion_tag("ui/components/digest.html")
def digest(sha256: str, rules: bool = False) -> dict[str, Any]:
    """What proves that a content, or with `rules` a rulebook, is the same: folded away."""
    return {"sha256": sha256, "rules": rules}


# --- Where one is --------------------------------------------------------------------------------


@register.inclusion_tag("ui/components/page_heading.html")
def page_heading(title: Any, help: Any = "") -> dict[str, Any]:
    """What the page is about, and a line of help under it."""
    return {"title": title, "help": help}


@register.simple_block_tag(takes_context=True)
def crumbs(context: Context, content: str) -> SafeString:
    """The way up from here, made of `crumb`."""
    return component(context, "crumbs", content=content)


@register.simple_block_tag(takes_context=True)
def crumb(
    context: Context, content: str, page: str, *of: Any, anchor: str = "", **asks: Any
) -> SafeString:
    """A page above this one, by its address's name; what stands in the tag is what it is called.

    `of` are the parts of the address, `asks` what stands behind its question mark.
    """
    address = reverse(page, args=of) + (f"?{urlencode(asks)}" if asks else "")
    address += f"#{anchor}" if anchor else ""
    return component(context, "crumb", content=trimmed(content), address=address)


@register.inclusion_tag("ui/components/route.html")
def route(stages: Iterable[str], now: str, prefix: str, *, passed: bool = False) -> dict[str, Any]:
    """The stages of a life in order, and the one it is in; `passed` marks those before it."""
    names = list(stages)
    here = names.index(now) if now in names else -1
    steps = [
        {
            "words": words.say_code(name, prefix),
            "when": NOW if name == now else PAST if passed and place < here else TO_COME,
        }
        for place, name in enumerate(names)
    ]
    return {"steps": steps}


# --- Lists ---------------------------------------------------------------------------------------


@register.inclusion_tag("ui/components/filter_bar.html")
def filter_bar(
    page: ListPage[Any] | Iterable[BoundFilter], query: str = "", anchor: str = ""
) -> dict[str, Any]:
    """The filters of a declared list, or those of a page that has its own.

    On a phone what is chosen from is folded, so that the list begins on the first screen.
    """
    cleared = "?"
    if isinstance(page, ListPage):
        filters, query, cleared = list(page.bound_filters()), page.query, page.cleared()
    else:
        filters = list(page)
    choices = [each for each in filters if each.kind == "choice"]
    return {
        "filters": filters,
        "choices": choices,
        "query": query,
        "cleared": cleared,
        "anchor": anchor,
    }


@register.inclusion_tag("ui/components/sortable_head.html")
def sortable_head(heads: Iterable[Head]) -> dict[str, Any]:
    """The headings of a table; those that sort are links."""
    return {"heads": heads}


@register.simple_block_tag(takes_context=True)
def list_table(context: Context, content: str, page: ListPage[Any], action: str = "") -> SafeString:
    """The rows of a declared list, with how many there are, its files and its pages.

    What stands in it are buttons for the rows that are ticked; they post to `action`.
    """
    return component(
        context,
        "list_table",
        list=page,
        picks=page.may_pick and bool(action),
        action=action,
        acts=content,
    )


@register.simple_tag
def row_tokens(tokens: Iterable[tuple[int, str]]) -> SafeString:
    """What each row of a list showed, by its number, for the buttons of those that are ticked."""
    field = '<input type="hidden" name="seen-{}" value="{}">'
    return SafeString("".join(field.format(pk, escape(token)) for pk, token in tokens))


# --- What one can do -----------------------------------------------------------------------------


@register.simple_block_tag(takes_context=True)
def moves(
    context: Context,
    content: str,
    possible: Iterable[Any],
    prefix: str,
    address: str,
    *of: Any,
    seen: str = "",
    reason: Any = "",
    note: Any = "",
    notes: str = "",
    confirm: Any = "",
    asks: str = "",
) -> SafeString:
    """The moves of a life that this person can make now, as buttons; nothing where there is none.

    `possible` holds moves with `name`, `needs_reason` and `bound`; `prefix` gives their own words
    ("report-action"), where they are not those of every life; `address` and `of` say where they
    post to. `seen` is the digest of what the page shows, for moves that bind. `reason` is the label
    of a reason that must be given, `note` of one that may, at the moves `notes` (at all by
    default). `confirm` is asked before the moves `asks`. What stands in the tag are further acts,
    shown first.
    """
    labels = [(move, words.sentence(words.action_code(move.name, prefix))) for move in possible]
    buttons = [
        {
            "name": move.name,
            "label": label,
            "address": reverse(address, args=[*of, move.name]),
            "needs_reason": move.needs_reason,
            "asks_reason": _reason_label(move, label, reason, note, notes.split()),
            "seen": seen if move.bound else "",
            "confirm": confirm if move.name in asks.split() else "",
            "is_main": not move.needs_reason and move.name not in STEPS_BACK,
        }
        for move, label in labels
    ]
    if not buttons and not content.strip():
        return SafeString("")
    return component(context, "moves", content=content, moves=buttons)


def _reason_label(move: Any, label: Any, reason: Any, note: Any, notes: list[str]) -> Any:
    """What the line beside a move's button is called; nothing where there is none."""
    if move.needs_reason:
        return reason or lazy_say("page.reason_for", (("action", label),))
    return note if not notes or move.name in notes else ""


@register.simple_block_tag(takes_context=True)
def act(
    context: Context,
    content: str,
    address: str,
    confirm: Any = "",
    main: bool = False,
    reason: Any = "",
    required: bool = True,
    **fields: Any,
) -> SafeString:
    """A button that does something; what stands in it is its name.

    `confirm` is asked first, `reason` is the label of a line to write why; `fields` go with it.
    """
    return component(
        context,
        "act",
        content=trimmed(content),
        address=address,
        confirm=confirm,
        main=main,
        reason=reason,
        required=required,
        reason_id="reason-" + address.strip("/").replace("/", "-"),
        fields=fields,
    )


@register.simple_block_tag(takes_context=True)
def upload(
    context: Context,
    content: str,
    address: str,
    label: Any,
    help: Any = "",
    many: bool = False,
    id: str = "file",
) -> SafeString:
    """One way to give files: a form of its own that works without a script."""
    return component(
        context,
        "upload",
        content=content,
        address=address,
        label=label,
        help=help,
        many=many,
        id=id,
    )


@register.inclusion_tag("ui/components/autosave.html")
def autosave(person: Any, has_draft: Any = True) -> dict[str, Any]:
    """The attributes of a form that saves itself: to its draft, before on the device."""
    return {"person": person, "has_draft": bool(has_draft)}


# --- What there is -------------------------------------------------------------------------------


@register.inclusion_tag("ui/components/state.html")
def state(value: str, prefix: str, look: str = "") -> dict[str, Any]:
    """The state of a thing in words: `{% state report.state "report-state" %}`."""
    return {"look": look or value, "words": words.say_code(value, prefix)}


@register.simple_block_tag(takes_context=True)
def facts(context: Context, content: str) -> SafeString:
    """What there is to know about a thing, made of `fact`; nothing where there is none."""
    return component(context, "facts", content=content) if content.strip() else SafeString("")


@register.simple_block_tag(takes_context=True)
def fact(context: Context, content: str, label: Any) -> SafeString:
    """A line of `facts`: what it is, and what stands in the tag."""
    return component(context, "fact", content=trimmed(content), label=label)


@register.simple_block_tag(takes_context=True)
def file(
    context: Context, content: str, attachment: Any, address: str, at: Any = None
) -> SafeString:
    """A file with its size and its digest; what stands in it is what can be done with the file."""
    return component(
        context, "file", content=content, attachment=attachment, address=address, at=at
    )


@register.simple_block_tag(takes_context=True)
def empty_state(context: Context, content: str) -> SafeString:
    """Why there is nothing here, and what to do first."""
    return component(context, "empty_state", content=trimmed(content))


@register.inclusion_tag("ui/components/history.html", takes_context=True)
def history(context: Any, events: Any, open: bool = False) -> dict[str, Any]:
    """Who did what and when, folded away where the page has more to show than that."""
    return {"events": events, "open": open, "year": words.own_year(context)}
