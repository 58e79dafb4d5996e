"""The bodies of a kind in a round as pictures: on the map, along the scale, in a grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from esar.kernel.alphabet import sort_key
from esar.kernel.wording import Phrase, Word, has_sentence, say
from esar.law.rules.numbers import round_half_up, trimmed
from esar.law.rules.text import Text
from esar.platform.charts import provinces as maps
from esar.platform.charts.figures import Item, Missing, look_of_rank
from esar.platform.charts.heat import Heat, heat
from esar.platform.charts.scale import Scale
from esar.platform.charts.spark import Spark, Year, spark
from esar.platform.charts.stacked import Stacked, stacked
from esar.platform.charts.strip import Strip, strip
from esar.platform.organisations.models import Body
from esar.platform.organisations.queries import REGIONS
from esar.platform.ui import books
from esar.platform.ui.templatetags.words import name_of
from esar.show.public.standings.queries import Field, Standing

NOT_REPORTED = maps.State("not_reported", "", Word("status.not_reported"))
UNPUBLISHED = maps.State("not_due", "", Word("public.not_published"))
OUTSIDE = maps.State("none", "", Word("public.not_evaluated"))
LEFT_OUT = maps.State("band", "", Word("public.not_in_this_list"))
FEWEST = 3  # of a strip: fewer are said better in words


def ranking_address(field: Field, **filters: str) -> str:
    """The address of the list of a field, of those that pass the filters."""
    address = reverse("public:ranking", args=[field.year, field.round_id, field.kind])
    return f"{address}?{urlencode(filters)}" if filters else address


def result_address(standing: Standing) -> str:
    result = standing.result
    place = (result.fiscal_year, result.round_id, standing.body.code)
    return _result_address(*place, get_script_prefix())


@lru_cache(4096)
def _result_address(year: int, round_id: str, code: str, _prefix: str) -> str:
    """Asked for once for each body: a page has the addresses of all of a kind."""
    return reverse("public:scorecard", args=[year, round_id, code])


def look_of(grade: books.Grade | None) -> str:
    return look_of_rank(grade.rank) if grade else "brand"


def map_of(field: Field, only: Sequence[Standing] | None = None) -> maps.Map | None:
    """The provinces by their grades; with `only`, the others stand aside. None of departments."""
    if field.kind != Body.Kind.PROVINCE:
        return None
    grades = {
        name: maps.State(look_of(grade), grade.shape, grade.band.label)
        for name, grade in books.grades(field.year).items()
    }
    chosen = None if only is None else {standing.body.pk for standing in only}
    standings = {standing.body.code: standing for standing in field.standings}
    bodies = {body.code: body for body in field.expected}
    provinces = [
        _province(code, standings.get(code), bodies.get(code), grades, chosen)
        for code in maps.places(settings.REGISTRY)
    ]
    present = {province.state for province in provinces}
    reasons = [NOT_REPORTED, UNPUBLISHED, LEFT_OUT, OUTSIDE]
    states = [*grades.values(), *(state for state in reasons if state in present)]
    return maps.province_map(provinces, states, settings.REGISTRY)


def _province(
    code: str,
    standing: Standing | None,
    body: Body | None,
    grades: Mapping[str, maps.State],
    chosen: set[int] | None,
) -> maps.Province:
    if standing is None:
        if body is None:
            return maps.Province(code, "", OUTSIDE)
        address = reverse("public:agency", args=[code])
        return maps.Province(code, short_name(body), UNPUBLISHED, address)
    name, address = short_name(standing.body), result_address(standing)
    if chosen is not None and standing.body.pk not in chosen:
        return maps.Province(code, name, LEFT_OUT, address)
    if standing.rank is None:
        return maps.Province(code, name, NOT_REPORTED, address)
    state = grades.get(standing.grade_id, LEFT_OUT)
    return maps.Province(code, name, state, address, standing.result.total)


def strip_of(field: Field, marked: Sequence[Standing] = ()) -> Strip | None:
    """A dot for each total on the scale of the year, the marked ones named; None of hardly any."""
    if len(field.ranked) < FEWEST:
        return None
    items = [
        Item(short_name(row.body), row.figure, look_of(row.grade), href=result_address(row))
        for row in field.standings
    ]
    names = [short_name(row.body) for row in marked]
    high = books.scale(field.year)
    low = _round_below(field.totals[0], high)
    cuts = [
        (max(grade.band.least, low), look_of(grade), grade.shape)
        for grade in books.grades(field.year).values()
        if grade.band.most > low
    ]
    return strip(items, low=low, high=high, cuts=cuts, marked=names, places=field.places)


def _round_below(value: Decimal, scale: Decimal) -> Decimal:
    """A tenth of the scale that lies below a value, so that the crowd has room."""
    tenth = scale / 10
    return value // tenth * tenth if value < scale else scale - tenth


def regions_of(field: Field) -> Stacked | None:
    """How many of each region have which grade; None where there are no regions."""
    rows: dict[str, list[Standing]] = {}
    for standing in field.standings:
        if standing.body.region_th:
            rows.setdefault(standing.body.region_th, []).append(standing)
    if not rows:
        return None
    grades = books.grades(field.year)
    return stacked(
        [grade.band.label for grade in grades.values()],
        [
            (
                Item(
                    region_words(region),
                    Decimal(len(rows[region])),
                    href=ranking_address(field, region=region),
                ),
                [
                    Item(
                        grade.band.label,
                        Decimal(sum(row.grade_id == name for row in rows[region])),
                        look_of(grade),
                    )
                    for name, grade in grades.items()
                ],
            )
            for region in sorted(rows, key=sort_key)
        ],
    )


def short_name(body: Body) -> str:
    """What a body is called where its kind stands above it: Phuket, not the province of Phuket."""
    name, code = name_of(body), f"public.prefix.{body.kind}"
    if not has_sentence(code):
        return name
    kind = say(code, {}, get_language() or "th")
    return name.removeprefix(kind).removesuffix(kind).strip()


def region_words(region: str) -> Text:
    """What a region of the registry is called."""
    return Text(say("region.name", {"name": region}, "th"), REGIONS.get(region, region))


def heat_of(field: Field) -> Heat | None:
    """Clusters or ministries by components: the mean share of each one's full mark."""
    if not field.homes or not field.parts:
        return None
    columns = [
        *(
            Phrase("public.part_column", {"label": part.label, "full": trimmed(part.full)})
            for part in field.parts
        ),
        Word("chart.total"),
    ]
    asks = "cluster" if field.kind == Body.Kind.PROVINCE else "ministry"
    rows = []
    for home in field.homes:
        cells = [home.parts.get(part.id) for part in field.parts]
        rows.append(
            (
                Item(
                    short_name(home.body),
                    Decimal(len(home.standings)),
                    href=ranking_address(field, **{asks: home.body.code}),
                    note=Phrase("public.bodies_counted", {"count": len(home.standings)}),
                ),
                [
                    Item("", Missing.NOT_DUE if cell is None else cell)
                    for cell in [*cells, home.mean]
                ],
            )
        )
    low = min(cell for home in field.homes for cell in home.parts.values() if cell is not None)
    return heat(Word(f"public.home_of.{field.kind}"), columns, rows, low=_floor(low), places=2)


def _floor(value: Decimal) -> Decimal:
    """The ten below a share, which the palest shade begins at."""
    return value // 10 * 10


def lane_of(field: Field, rows: Sequence[Standing]) -> dict[int, Decimal]:
    """Result → where its dot stands on a lane from a round value below all to the full mark."""
    if not rows:
        return {}
    high = books.scale(field.year)
    scale = Scale(_round_below(min(row.result.total for row in rows), high), high)
    return {row.result.pk: round_half_up(scale.at(row.result.total), 1) for row in rows}


def spark_of(standing: Standing, places: int) -> Spark | None:
    """Its years that were measured alike; None of a single one."""
    if not standing.earlier or standing.rank is None:
        return None
    years = [Year(str(year.year), year.total) for year in standing.earlier]
    years.append(Year(str(standing.result.fiscal_year), standing.result.total))
    high = books.scale(standing.result.fiscal_year)
    return spark(years, low=Decimal(0), high=high, look=look_of(standing.grade), places=places)


DRAWINGS: Mapping[str, Callable[[Field], Any]] = {
    "map": map_of,
    "distribution": strip_of,
    "regions": regions_of,
    "components": heat_of,
}
