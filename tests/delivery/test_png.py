"""Text in a PNG, as any reader of PNGs finds it."""

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.delivery.png import with_text


def png(**texts: str) -> bytes:
    info = PngInfo()
    for keyword, text in texts.items():
        info.add_text(keyword, text)
    file = BytesIO()
    Image.new("RGB", (4, 4), "navy").save(file, "PNG", pnginfo=info)
    return file.getvalue()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200))
def test_any_text_is_found_again(text: str) -> None:
    with Image.open(BytesIO(with_text(png(), "parameters", text))) as image:
        image.load()
        assert image.info["parameters"] == text


def test_it_takes_the_place_of_the_text_under_its_keyword_alone() -> None:
    with Image.open(BytesIO(with_text(png(parameters="old", author="me"), "parameters", "new"))) as image:
        assert (image.info["parameters"], image.info["author"]) == ("new", "me")
