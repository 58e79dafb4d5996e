"""`datapackage.json` (Frictionless Data Package 1) and `dcat.jsonld` (DCAT 2) of a package."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from esar.exchange.packaging.edition import Edition, Register
from esar.exchange.packaging.tables import Column, Table, tables_of
from esar.exchange.packaging.text import Json
from esar.law.rules.text import Text, worded
from esar.law.rules.years import FiscalYear

DATAPACKAGE = "datapackage.json"
DCAT = "dcat.jsonld"
_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".yaml": "application/yaml",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".jsonld": "application/ld+json",
}
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def datapackage(register: Register, files: Mapping[str, bytes]) -> Json:
    """The descriptor of the files given, each with its size and hash."""
    edition, licence = register.edition, register.edition.licence
    address = {"homepage": edition.site} if edition.site else {}
    return {
        "profile": "data-package",
        "name": _name(edition),
        "title": _both(edition.title),
        "description": _both(_about(edition)),
        **address,
        "created": f"{edition.issued.isoformat()}T00:00:00Z",
        "licenses": [{"name": licence.name, "path": licence.path, "title": licence.title}],
        "contributors": [{"title": _both(edition.publisher), "role": "publisher"}],
        "keywords": _KEYWORDS,
        "fiscal_year": edition.year,
        **({"form": edition.form} if edition.form > 2 else {}),
        "computed_with": edition.program,
        "rulebook_sha256": register.rulebook_sha256,
        "resources": [_resource(name, files[name], edition.form) for name in sorted(files)],
    }


_KEYWORD = worded("package-table.keyword")
_KEYWORDS = [_KEYWORD.th, "e-SAR", "Thailand", _KEYWORD.en]


def _name(edition: Edition) -> str:
    return f"esar-{edition.year}"


def _both(text: Text) -> str:
    return f"{text.th} / {text.en}"


def _about(edition: Edition) -> Text:
    return worded("package-table.about", year=edition.year)


def _resource(name: str, data: bytes, form: int) -> Json:
    path = PurePosixPath(name)
    table = next((table for table in tables_of(form) if table.path == name), None)
    words = {"name": table.name, "title": _both(table.title)} if table else {"name": _slug(name)}
    # Named, for Frictionless guesses the type of a JSON file from its keys, and guesses wrong.
    kind = "table" if table else "json" if path.suffix == ".json" else "file"
    tabular = {"profile": "tabular-data-resource", "schema": _schema(table)} if table else {}
    return {
        **words,
        "type": kind,
        "path": name,
        "format": path.suffix.removeprefix("."),
        "mediatype": _MEDIA_TYPES[path.suffix],
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        **tabular,
    }


def _slug(name: str) -> str:
    """A resource's name: lower case, no slash. Unlike files never become alike by it here."""
    return re.sub(r"[^a-z0-9._-]", "-", name.lower())


def _schema(table: Table) -> Json:
    links = [
        {"fields": list(here), "reference": {"resource": there, "fields": list(columns)}}
        for here, there, columns in table.links
    ]
    return {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        **({"foreignKeys": links} if links else {}),
    }


def _field(column: Column) -> Json:
    constraints = {"constraints": dict(column.constraints)} if column.constraints else {}
    return {
        "name": column.name,
        "type": column.type,
        "title": _both(column.title),
        "description": _both(column.about),
        **constraints,
    }


def catalogue(register: Register, files: Mapping[str, bytes]) -> Json:
    """The dataset for a data catalogue: the package, and each table in it as a distribution."""
    edition = register.edition
    year = FiscalYear(edition.year)
    tables = [_distribution(table, files[table.path], edition) for table in tables_of(edition.form)]
    return {
        "@context": _CONTEXT,
        "@id": edition.site or f"urn:esar:{edition.year}",
        "@type": "dcat:Dataset",
        "dct:identifier": _name(edition),
        "dct:title": _tagged(edition.title),
        "dct:description": _tagged(_about(edition)),
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": _tagged(edition.publisher)},
        "dct:license": {"@id": edition.licence.path},
        "dct:issued": _typed(edition.issued.isoformat(), "date"),
        "dct:language": ["th", "en"],
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed(year.first_day.isoformat(), "date"),
            "dcat:endDate": _typed(year.last_day.isoformat(), "date"),
        },
        "dcat:keyword": _KEYWORDS,
        "dcat:distribution": [_whole(edition), *tables],
    }


def _whole(edition: Edition) -> Json:
    return {
        "@type": "dcat:Distribution",
        "dct:title": _tagged(worded("package-table.the_whole_package")),
        "dct:conformsTo": {"@id": "https://specs.frictionlessdata.io/data-package/"},
        "dcat:mediaType": _media("application/zip"),
        **_access(edition),
    }


def _distribution(table: Table, data: bytes, edition: Edition) -> Json:
    return {
        "@type": "dcat:Distribution",
        "dct:identifier": table.path,
        "dct:title": _tagged(table.title),
        "dct:license": {"@id": edition.licence.path},
        "dcat:mediaType": _media("text/csv"),
        "dcat:packageFormat": _media("application/zip"),
        "dcat:byteSize": _typed(str(len(data)), "decimal"),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": hashlib.sha256(data).hexdigest(),
        },
        **_access(edition),
    }


def _access(edition: Edition) -> Json:
    return {"dcat:accessURL": {"@id": edition.site}} if edition.site else {}


def _media(name: str) -> Json:
    return {"@id": f"https://www.iana.org/assignments/media-types/{name}"}


def _tagged(text: Text) -> list[Json]:
    return [{"@language": "th", "@value": text.th}, {"@language": "en", "@value": text.en}]


def _typed(value: str, kind: str) -> dict[str, Any]:
    return {"@type": f"xsd:{kind}", "@value": value}
