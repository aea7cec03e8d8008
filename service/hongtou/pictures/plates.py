"""Pictures as a press prints them: in cyan, magenta, yellow and black, or in black alone.

A picture without colour is printed in black: four plates that are a hair out of register give grey
lines coloured edges.
"""

from __future__ import annotations

import io
from dataclasses import replace

from PIL import Image, ImageChops

from hongtou.pictures.condition import PrintingCondition, to_plates
from hongtou.pictures.printing import PrintedPicture, encoded

GREY_UP_TO = 2  # of 255: levels by which the channels of a grey may differ, as JPEG leaves them
BLOCK = 8  # pixels of a JPEG that have one mean
VIVID = GREY_UP_TO + 2  # the same of means, which are rounded by up to as many levels


def has_colour(picture: PrintedPicture) -> bool:
    """Tell whether a picture has any colour but greys."""
    return picture.channels > 1 and (_is_vivid(picture) or _has_colour(_pixels(picture)))


def plated(picture: PrintedPicture, condition: PrintingCondition | None) -> PrintedPicture:
    """Return a picture in the plates of a press, in black alone without a condition for them.

    One that is grey already stays as it is.
    """
    if picture.channels == 1:
        return picture
    image = _pixels(picture)
    if condition and (_has_colour(image.reduce(BLOCK), VIVID) or _has_colour(image)):
        image = to_plates(condition.profile)(image)
    else:
        image = image.convert("L")
    kind = "JPEG" if picture.media_type == "image/jpeg" else "PNG"
    return replace(picture, content=encoded(image, kind), channels=len(image.getbands()))


def _pixels(picture: PrintedPicture) -> Image.Image:
    with Image.open(io.BytesIO(picture.content)) as image:
        return image.convert("RGB")


def _is_vivid(picture: PrintedPicture) -> bool:
    """Tell whether a JPEG has colour even in the means of its blocks, as nearly all photographs.

    These are read in a tenth of the time. Where a mean has colour, so has a pixel.
    """
    with Image.open(io.BytesIO(picture.content)) as image:
        if image.format != "JPEG":
            return False
        image.draft("RGB", (max(1, image.width // BLOCK), max(1, image.height // BLOCK)))
        return _has_colour(image.convert("RGB"), VIVID)


def _has_colour(image: Image.Image, grey_up_to: int = GREY_UP_TO) -> bool:
    red, green, blue = image.split()
    pairs = (red, green), (green, blue), (red, blue)
    return any(any(ImageChops.difference(*pair).histogram()[grey_up_to + 1 :]) for pair in pairs)
