"""The file a user gets: a PNG that knows what it was drawn with."""

from io import BytesIO

import pytest
from PIL import Image

from bot.delivery.encoding import encode_png


def drawn(file_format: str, mode: str = "RGB") -> bytes:
    file = BytesIO()
    Image.new(mode, (8, 8), "navy").save(file, file_format, lossless=True)
    return file.getvalue()


@pytest.mark.parametrize("file_format", ["WEBP", "PNG"])
@pytest.mark.parametrize("parameters", ["a fox\nSteps: 40", "狐狸 🦊\nSteps: 40"])
def test_the_parameters_are_inside(file_format: str, parameters: str) -> None:
    with Image.open(BytesIO(encode_png(drawn(file_format), parameters))) as image:
        assert image.format == "PNG"
        assert image.info["parameters"] == parameters
        assert image.convert("RGB").getpixel((3, 3)) == (0, 0, 128)
