"""What is shown has to fit in every language."""

from collections.abc import Iterator

import pytest

from bot.ui.wording.language import languages, speaking


@pytest.fixture(params=languages())
def every_language(request: pytest.FixtureRequest) -> Iterator[None]:
    """The test is done in every language that the bot speaks."""
    with speaking(str(request.param)):
        yield
