"""Which providers there are; a new one is one new file."""

import gc
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.providers
from bot.domain.errors import UnknownModel
from bot.providers import StabilityAI_SD35Large
from bot.providers.options import ServiceOptions
from bot.providers.registry import Registry, discover, open_registry

SECOND = '''
"""A second provider."""

from contextlib import asynccontextmanager

from bot.providers.base import AsyncGeneratorProvider


class Second(AsyncGeneratorProvider):
    label, url, working = "Second", "https://second.example", True
    default_model = "second-1"
    model_aliases = {"second": default_model}
    models = ["second", "second-xl"]
    options = None

    @classmethod
    @asynccontextmanager
    async def open(cls, options):
        provider = cls()
        provider.options = options
        yield provider

    @classmethod
    async def create_async_generator(cls, model, messages, **kwargs):
        yield

    def with_token(self, token): ...
    async def limits(self): ...
    async def stream(self, request): yield
    async def download(self, image): ...


class Broken(Second):
    working = False
    default_model, models = "broken", ["broken"]
'''


@pytest.fixture(params=["another.py", "another/__init__.py"])
def another(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A file, or a folder, dropped into the package."""
    file = tmp_path / request.param
    file.parent.mkdir(exist_ok=True)
    file.write_text(SECOND)
    monkeypatch.setattr(bot.providers, "__path__", [*bot.providers.__path__, str(tmp_path)])
    yield
    sys.modules.pop("bot.providers.another", None)
    vars(bot.providers).pop("another", None)


def test_the_providers_are_found() -> None:
    assert discover() == (StabilityAI_SD35Large,)


@pytest.mark.usefixtures("another")
def test_a_second_provider_is_one_file() -> None:
    assert [cls.__name__ for cls in discover()] == ["StabilityAI_SD35Large", "Broken", "Second"]


@pytest.mark.usefixtures("another")
async def test_a_model_is_drawn_with_by_its_provider() -> None:
    async with open_registry(discover(), ServiceOptions()) as registry:
        assert registry.models == ("sd-3.5", "second", "second-xl")
        assert [type(registry.get(name)).__name__ for name in ("", "second-xl", "second-1")] == [
            "StabilityAI_SD35Large",
            "Second",
            "Second",
        ]


@pytest.mark.usefixtures("another")
async def test_a_provider_that_does_not_work_is_not_opened() -> None:
    async with open_registry(discover(), ServiceOptions()) as registry:
        with pytest.raises(UnknownModel) as caught:
            registry.get("broken")

    assert (caught.value.name, caught.value.known) == ("broken", ("sd-3.5", "second", "second-xl"))


@pytest.mark.usefixtures("another")
async def test_a_provider_may_have_options_of_its_own() -> None:
    own = ServiceOptions(token="own")
    async with open_registry(discover(), ServiceOptions(token="general"), {"Second": own}) as registry:
        assert vars(registry.get("second"))["options"] is own


async def test_under_a_token_a_provider_is_open_once_for_all_who_use_it() -> None:
    async with open_registry(discover(), ServiceOptions()) as registry:
        one, same, other = (registry.get("", token) for token in ("hf_one", "hf_one", "hf_other"))

        assert one is same
        assert len({one, other, registry.get("")}) == 3


async def test_a_token_is_forgotten_with_the_last_who_uses_it() -> None:
    async with open_registry(discover(), ServiceOptions()) as registry:
        used = weakref.ref(registry.get("", "hf_one"))
        gc.collect()

        assert used() is None


@pytest.mark.parametrize("name", ["", "sd-3.5"])
def test_without_providers_no_model_is_known(name: str) -> None:
    with pytest.raises(UnknownModel):
        Registry([]).get(name)
