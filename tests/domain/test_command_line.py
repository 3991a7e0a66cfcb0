"""A picture's parameters as the command that draws it again."""

from bot.domain.aspect_ratio import Size
from bot.domain.command_line import command_line
from bot.domain.permutations import expand
from bot.domain.request import ImageRequest


def test_every_option_is_there() -> None:
    request = ImageRequest("a fox", "blurry", Size(1024, 576), 5.5, 20, 0, "sd-3.5")

    assert command_line(request) == (
        "/imagine prompt:a fox negative_prompt:blurry width:1024 height:576 "
        "guidance_scale:5.5 steps:20 seed:0 model:sd-3.5"
    )


def test_what_was_not_given_is_not_there() -> None:
    assert "negative_prompt" not in command_line(ImageRequest("a fox"))


def test_braces_of_the_prompt_are_doubled_so_that_they_are_no_choice() -> None:
    line = command_line(ImageRequest("{red, blue} fox"))

    assert expand(line.split(" width:")[0]) == ("/imagine prompt:{red, blue} fox",)
