"""What every provider has: names for its models, and prompts out of conversations."""

from copy import deepcopy
from typing import Any

import pytest

from bot.domain.errors import UnknownModel
from bot.providers import ProviderModelMixin, StabilityAI_SD35Large, format_image_prompt
from bot.providers.options import Deadlines


def user(content: Any) -> dict[str, Any]:
    return {"role": "user", "content": content}


FOX = [user("a cat"), {"role": "assistant", "content": "Here."}, user("a fox"), user("in the snow")]


@pytest.mark.parametrize("name", ["", "sd-3.5", "stabilityai-stable-diffusion-3-5-large"])
def test_every_name_of_a_model_means_the_service_s_own(name: str) -> None:
    assert StabilityAI_SD35Large.get_model(name) == "stabilityai-stable-diffusion-3-5-large"


def test_an_unknown_model_is_refused_by_name() -> None:
    with pytest.raises(UnknownModel) as caught:
        StabilityAI_SD35Large.get_model("dall-e")

    assert (caught.value.name, caught.value.known) == ("dall-e", ("sd-3.5",))


def test_a_model_may_have_its_own_name_only() -> None:
    class Plain(ProviderModelMixin):
        default_model = "one"
        models = ["one", "two"]  # noqa: RUF012 - as short as it gets

    assert Plain.get_model("two") == "two"


def test_a_prompt_counts_alone() -> None:
    assert format_image_prompt(FOX, "a dog") == "a dog"


def test_an_empty_prompt_is_a_prompt() -> None:
    assert format_image_prompt(FOX, "") == ""


def test_without_a_prompt_the_last_words_of_the_user_count() -> None:
    assert format_image_prompt(FOX) == "a fox\nin the snow"


def test_a_conversation_is_left_as_it_is() -> None:
    before = deepcopy(FOX)
    format_image_prompt(FOX)

    assert before == FOX


@pytest.mark.parametrize("messages", [[], [{"role": "assistant", "content": "Here."}], [{}]])
def test_where_the_user_said_nothing_there_is_nothing(messages: list[Any]) -> None:
    assert format_image_prompt(messages) == ""


@pytest.mark.parametrize(
    ("content", "prompt"),
    [
        (
            [{"type": "text", "text": "a fox"}, {"type": "image_url"}, {"type": "text", "text": "running"}],
            "a fox\nrunning",
        ),
        (["a fox"], ""),
        (None, ""),
    ],
)
def test_of_a_message_in_parts_the_texts_count(content: Any, prompt: str) -> None:
    assert format_image_prompt([user(content)]) == prompt


def test_a_deadline_is_positive() -> None:
    with pytest.raises(ValueError, match="positive"):
        Deadlines(idle=0)
