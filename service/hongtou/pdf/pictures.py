"""Pictures as the image objects of a PDF: as they were written anew, never decoded again.

Sections are those of ISO 32000-1.
"""

from __future__ import annotations

from hongtou.pdf.file import PdfFile
from hongtou.pictures.files import png_data
from hongtou.pictures.reading import Picture

PNG_PREDICTOR = 15  # §7.4.4.4: each row of pixels says how it was predicted


def add_picture(file: PdfFile, picture: Picture) -> int:
    """Add a picture (§8.9.5), which is grey or RGB, of 8 bits."""
    colours, count = ("/DeviceGray", 1) if picture.is_grey else ("/DeviceRGB", 3)
    width, height = picture.width_px, picture.height_px
    entries = (
        f"/Type/XObject/Subtype/Image/Width {width}/Height {height}"
        f"/ColorSpace{colours}/BitsPerComponent 8"
    )
    if picture.media_type == "image/jpeg":
        return file.add_stream(picture.content, f"{entries}/Filter/DCTDecode", encoded=True)
    prediction = f"<</Predictor {PNG_PREDICTOR}/Colors {count}/Columns {width}>>"
    entries += f"/Filter/FlateDecode/DecodeParms{prediction}"
    return file.add_stream(png_data(picture.content), entries, encoded=True)
