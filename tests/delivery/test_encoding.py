"""The file a user gets: the best one that Discord takes, and one that knows what it was drawn with."""

import random
from io import BytesIO

import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base

from bot.delivery.encoding import Encoded, Encoder, encode

ANY_SIZE = 10 * 2**20
PARAMETERS = "a fox\nSteps: 40"


def noise(file_format: str = "WEBP", side: int = 128, mode: str = "RGB") -> bytes:
    """Return a picture that no encoder makes small."""
    file = BytesIO()
    image = Image.frombytes(mode, (side, side), random.Random(7).randbytes(side * side * len(mode)))
    image.save(file, file_format, **({"lossless": True} if file_format == "WEBP" else {}))
    return file.getvalue()


def read(encoded: Encoded) -> tuple[Image.Image, str]:
    """Return a file's picture, and the parameters as the web UI finds them."""
    image = Image.open(BytesIO(encoded.data))
    if image.format == "PNG":
        return image, image.info["parameters"]
    comment: bytes = image.getexif().get_ifd(IFD.Exif)[Base.UserComment]
    assert comment.startswith(b"UNICODE\0")
    return image, comment.removeprefix(b"UNICODE\0").decode("utf-16-be")


@pytest.mark.parametrize("file_format", ["WEBP", "PNG", "JPEG"])
@pytest.mark.parametrize("parameters", ["a fox\nSteps: 40", "狐狸 🦊\nSteps: 40", "rénard\nSteps: 40"])
def test_it_is_a_png_with_the_parameters_inside(file_format: str, parameters: str) -> None:
    image, found = read(encode(noise(file_format), parameters, ANY_SIZE))

    assert (image.format, found) == ("PNG", parameters)


def test_no_pixel_changes_on_the_way_to_a_png() -> None:
    drawn = noise()
    image, _ = read(encode(drawn, PARAMETERS, ANY_SIZE))

    assert image.tobytes() == Image.open(BytesIO(drawn)).tobytes()


def test_what_is_a_png_already_is_not_encoded_again() -> None:
    drawn = noise("PNG")
    encoded = encode(drawn, PARAMETERS, ANY_SIZE)

    assert encoded.data.endswith(drawn[33:])
    assert encoded.shrunk_to is None


@pytest.mark.parametrize(
    ("limit", "file_format", "shrunk_to"),
    [
        (ANY_SIZE, "PNG", None),
        (24000, "WEBP", "WebP"),
        (6000, "JPEG", "JPEG, 96 × 96"),
        (1, "JPEG", "JPEG, 54 × 54"),
    ],
)
def test_it_becomes_what_the_limit_allows(limit: int, file_format: str, shrunk_to: str | None) -> None:
    encoded = encode(noise(), PARAMETERS, limit)
    image, found = read(encoded)

    assert len(encoded.data) <= max(limit, 3000)
    assert (image.format, encoded.shrunk_to, found) == (file_format, shrunk_to, PARAMETERS)


def test_lossless_webp_comes_before_anything_is_lost() -> None:
    drawn = noise()
    png = encode(drawn, PARAMETERS, ANY_SIZE)
    encoded = encode(drawn, PARAMETERS, len(png.data) - 1)
    image, found = read(encoded)

    assert (encoded.shrunk_to, found) == ("lossless WebP", PARAMETERS)
    assert image.tobytes() == Image.open(BytesIO(drawn)).tobytes()


@pytest.mark.parametrize("limit", [ANY_SIZE, 1])
@pytest.mark.parametrize(("file_format", "mode"), [("PNG", "LA"), ("PNG", "RGBA"), ("JPEG", "CMYK")])
def test_every_kind_of_picture_can_be_encoded(file_format: str, mode: str, limit: int) -> None:
    image, found = read(encode(noise(file_format, mode=mode), PARAMETERS, limit))

    assert image.size[0] > 0
    assert found == PARAMETERS


async def test_encoding_leaves_the_event_loop_alone(encoder: Encoder) -> None:
    encoded = await encoder.encode(noise(), PARAMETERS, ANY_SIZE)

    assert encoded.extension == "png"
