"""Pixels as they are printed: 8 bits, upright, of the size that is printed, on white."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageOps

from hongtou.pictures.files.parts import Unsuitable

# Modes of Pillow, each with the one in which it can be brought to another size.
WORKING = {
    "1": "L",
    "L": "L",
    "LA": "LA",
    "La": "LA",
    "P": "RGB",
    "PA": "RGBA",
    "RGB": "RGB",
    "RGBX": "RGB",
    "RGBA": "RGBA",
    "RGBa": "RGBA",
    "CMYK": "CMYK",
    "YCbCr": "RGB",
}
WITH_ALPHA = {"L": "LA", "RGB": "RGBA", "LA": "LA", "RGBA": "RGBA"}
DEEP = {"I;16": 1, "I;16L": 1, "I;16B": 0}  # which of the two bytes of a grey is the higher
CLEAR = "transparency"  # where Pillow keeps which grey or colour is transparent
HEADROOM = 2  # Pillow averages whole pixels first, down to twice the size that is wanted


def working(image: Image.Image, depth: int) -> Image.Image:
    """Return a decoded picture upright, in L, LA, RGB, RGBA or CMYK.

    ``depth`` is the number of bits of a sample in its file.

    Raises: Unsuitable.
    """
    ImageOps.exif_transpose(image, in_place=True)
    if image.mode in DEEP:
        return _eight_bits(image)
    mode = WORKING.get(image.mode)
    if mode is None:
        raise Unsuitable(f"颜色模式（{image.mode}）不收", "请转换为 RGB 或灰度，另存为 PNG")
    if image.has_transparency_data:
        mode = WITH_ALPHA[mode]
        _scale_transparency(image, depth)
    return image if image.mode == mode else image.convert(mode)


def sized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return a picture in the size in which it is printed."""
    if image.size == size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=HEADROOM)


def on_white(image: Image.Image) -> Image.Image:
    """Return a picture without transparency."""
    if image.mode not in ("LA", "RGBA"):
        return image
    plain = image.convert(image.mode[:-1])
    ground = Image.new(plain.mode, image.size, "white")
    ground.paste(plain, mask=image.getchannel("A"))
    return ground


def differences(image: Image.Image) -> bytes:
    """Return each pixel as the difference from the one above, modulo 256."""
    above = ImageChops.offset(image, 0, 1)
    above.paste(0, (0, 0, image.width, 1))
    return ImageChops.subtract_modulo(image, above).tobytes()


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a grey of 16 bits by its higher byte; what its file calls transparent becomes so."""
    stored = image.tobytes()
    place = DEEP[image.mode]
    high, low = (Image.frombytes("L", image.size, stored[at::2]) for at in (place, 1 - place))
    clear = image.info.get(CLEAR)
    if clear is None:
        return high
    levels = divmod(int(clear), 256)
    same = [
        band.point([255 if level == one else 0 for level in range(256)])
        for band, one in zip((high, low), levels, strict=True)
    ]
    return Image.merge("LA", (high, ImageChops.invert(ImageChops.darker(*same))))


def _scale_transparency(image: Image.Image, depth: int) -> None:
    """Tell in 8 bits which grey or colour is transparent: Pillow scales pixels alone.

    Source: PNG (Third Edition) §11.3.1.1, §13.12.
    """
    clear = image.info.get(CLEAR)
    if image.mode == "L" and isinstance(clear, int) and depth < 8:
        most = (1 << depth) - 1
        image.info[CLEAR] = (clear & most) * 255 // most
    elif image.mode == "RGB" and isinstance(clear, tuple) and depth == 16:
        image.info[CLEAR] = tuple(sample >> 8 for sample in clear)
