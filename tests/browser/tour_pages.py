"""The looks in which the tour takes a page, and the sheet that its pictures are put on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from PIL import Image

GAP, MOST = 16, 2400  # pixels between pictures; what of a long page is kept
SHOWN = 0.6  # of a picture's size, on the sheet


@dataclass(frozen=True)
class Look:
    """A window, light or dark, in a language."""

    width: int
    height: int
    scheme: Literal["light", "dark"]
    language: str


LOOKS = (
    Look(1280, 900, "light", "th"),
    Look(390, 844, "light", "th"),
    Look(1280, 900, "dark", "en"),
    Look(390, 844, "dark", "en"),
)


def sheet_of(pictures: Sequence[bytes]) -> Image.Image:
    """The pictures side by side, as high as the highest."""
    images = []
    for picture in pictures:
        image = Image.open(BytesIO(picture)).convert("RGB")
        image = image.crop((0, 0, image.width, min(image.height, MOST)))
        size = (round(image.width * SHOWN), round(image.height * SHOWN))
        images.append(image.resize(size, Image.Resampling.LANCZOS))
    width = sum(image.width for image in images) + GAP * (len(images) - 1)
    sheet = Image.new("RGB", (width, max(image.height for image in images)), "#8a94a3")
    left = 0
    for image in images:
        sheet.paste(image, (left, 0))
        left += image.width + GAP
    return sheet
