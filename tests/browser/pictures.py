"""Pictures held against reference pictures: how far one is from another, and how one is kept."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

NOTICED = 48  # of 255, in any colour, is another colour


def differing(picture: bytes, reference: bytes) -> float:
    """The share of pixels that are of another colour; all of them where the sizes differ by more
    than two pixels.
    """
    pair = [Image.open(BytesIO(data)).convert("RGB") for data in (picture, reference)]
    (width, height), (other_width, other_height) = pair[0].size, pair[1].size
    if abs(width - other_width) > 2 or abs(height - other_height) > 2:
        return 1.0
    box = (0, 0, min(width, other_width), min(height, other_height))
    bands = ImageChops.difference(*(image.crop(box) for image in pair)).split()
    largest = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return sum(largest.histogram()[NOTICED:]) / (box[2] * box[3])


def saved(picture: bytes, file: Path) -> None:
    """A picture of few colours, as small as that: these are drawings, not photographs."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    image.quantize(64, dither=Image.Dither.NONE).save(file, optimize=True)
