"""Pictures as image objects, with their compressed bytes as they are.

Sections are those of ISO 32000-1.
"""

from __future__ import annotations

from hongtou.pdf.file import PdfFile
from hongtou.pictures.files.png import pixel_data
from hongtou.pictures.printing import PrintedPicture

COLOURS = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
PLATES = 4
# Adobe Technical Note 5116: a JPEG in CMYK, as Pillow writes it, holds how much paper is left.
INVERTED = "/Decode[1 0 1 0 1 0 1 0]"
PNG_PREDICTOR = 15  # §7.4.4.4: every row of pixels names its predictor


def add_picture(file: PdfFile, picture: PrintedPicture) -> int:
    """Add a picture (§8.9.5), grey, RGB or CMYK with 8 bits, and return its number."""
    count = picture.channels
    width, height = picture.width_px, picture.height_px
    entries = (
        f"/Type/XObject/Subtype/Image/Width {width}/Height {height}"
        f"/ColorSpace{COLOURS[count]}/BitsPerComponent 8"
    )
    if picture.media_type == "image/jpeg":
        entries += INVERTED if count == PLATES else ""
        return file.add_stream(picture.content, f"{entries}/Filter/DCTDecode", encoded=True)
    prediction = f"<</Predictor {PNG_PREDICTOR}/Colors {count}/Columns {width}>>"
    entries += f"/Filter/FlateDecode/DecodeParms{prediction}"
    return file.add_stream(pixel_data(picture.content), entries, encoded=True)
