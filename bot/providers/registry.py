"""Which providers there are, and which of them draws with a model.

Nothing registers itself: `discover` looks into the package, and `open_registry` makes one value that knows.
"""

import importlib
import inspect
import pkgutil
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from weakref import WeakValueDictionary

import bot.providers
from bot.domain.errors import UnknownModel
from bot.ports import ImageProvider, ImageProviders
from bot.providers.base import AsyncGeneratorProvider
from bot.providers.options import ServiceOptions


class Registry:
    """The open providers by the names of their models. Where two have a name in common, the first has it.

    Under a token each is open once for all who use it at the same time, and forgotten with the last of them.
    """

    def __init__(self, providers: Sequence[AsyncGeneratorProvider]) -> None:
        self._models: dict[str, AsyncGeneratorProvider] = {}
        self._names: dict[str, AsyncGeneratorProvider] = {}
        self._used: WeakValueDictionary[tuple[AsyncGeneratorProvider, str], AsyncGeneratorProvider] = (
            WeakValueDictionary()
        )
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

    def get(self, model: str, token: str | None = None) -> ImageProvider:
        """Return the provider that draws with a model; an empty name is the default.

        Args:
            model: A name out of `models`, another alias, or a service's own name.
            token: The API key whose quota is used; None for none but what the provider was opened with.

        Raises:
            UnknownModel: None does.
            ValueError: The token holds characters that no HTTP header may hold.
        """
        name = model or next(iter(self._models), "")
        if name not in self._names:
            raise UnknownModel(model, self.models)
        provider = self._names[name]
        if token is None:
            return provider
        used = self._used.get((provider, token))
        if used is None:
            used = self._used[provider, token] = provider.with_token(token)
        return used


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
        options: For each provider. Its token, if any, is used by each of them where none is asked for.
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
