"""Which providers there are, and which of them draws with a model.

Nothing registers itself: `discover` looks into the package, and `open_registry` makes one value that knows.
"""

import importlib
import inspect
import pkgutil
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import bot.providers
from bot.domain.errors import UnknownModel
from bot.ports import ImageProvider, ImageProviders
from bot.providers.base import AsyncGeneratorProvider
from bot.providers.options import ServiceOptions


class Registry:
    """The open providers by the names of their models. Where two have a name in common, the first has it."""

    def __init__(self, providers: Sequence[AsyncGeneratorProvider]) -> None:
        self._models: dict[str, ImageProvider] = {}
        self._names: dict[str, ImageProvider] = {}
        for provider in providers:
            chosen = provider.models or [provider.default_model]
            for name in chosen:
                self._models.setdefault(name, provider)
            for name in (*chosen, *provider.model_aliases, provider.default_model):
                self._names.setdefault(name, provider)

    @property
    def models(self) -> tuple[str, ...]:
        """The models that members may choose; the first is the default."""
        return tuple(self._models)

    def get(self, model: str) -> ImageProvider:
        """Return the provider that draws with a model; an empty name is the default.

        Args:
            model: A name out of `models`, another alias, or a service's own name.

        Raises:
            UnknownModel: None does.
        """
        name = model or next(iter(self._models), "")
        if name not in self._names:
            raise UnknownModel(model, self.models)
        return self._names[name]


def discover() -> tuple[type[AsyncGeneratorProvider], ...]:
    """Return the provider classes in the modules of `bot.providers`.

    The ones that the package exports come first, so that a file that is dropped in does not become the
    default; the rest follows by name.
    """
    found = {
        value
        for module in pkgutil.iter_modules(bot.providers.__path__, "bot.providers.")
        for value in vars(importlib.import_module(module.name)).values()
        if _is_provider(value) and value.__module__.startswith(module.name)
    }
    exported = bot.providers.__all__
    return tuple(sorted(found, key=lambda cls: (cls.__name__ not in exported, cls.__name__)))


@asynccontextmanager
async def open_registry(
    classes: Iterable[type[AsyncGeneratorProvider]],
    options: ServiceOptions,
    named: Mapping[str, ServiceOptions] | None = None,
) -> AsyncGenerator[Registry, None]:
    """Open the providers that work, for as long as the context lasts.

    Args:
        classes: As `discover` returns them.
        options: For each provider. Its token is given to each of them: where they belong to different
            people, name them.
        named: For the providers with these class names, in place of `options`.
    """
    async with AsyncExitStack() as stack:
        opened = [
            await stack.enter_async_context(cls.open((named or {}).get(cls.__name__, options)))
            for cls in classes
            if cls.working
        ]
        yield Registry(opened)


def _is_provider(value: object) -> bool:
    return (
        inspect.isclass(value) and issubclass(value, AsyncGeneratorProvider) and not inspect.isabstract(value)
    )


_: type[ImageProviders] = Registry
