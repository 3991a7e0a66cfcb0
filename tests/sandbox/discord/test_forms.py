"""Forms: filled in as Discord's client would, checked before they are sent."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.discord import File, Person, Refused
from tests.sandbox.discord.application import Application, heard
from tests.sandbox.discord.sample import png

AB = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]
FORM = {
    "title": "Form",
    "custom_id": "form",
    "components": [
        {"type": 10, "content": "Please fill in"},
        {
            "type": 18,
            "label": "Text",
            "component": {"type": 4, "custom_id": "text", "style": 1, "value": "old"},
        },
        {"type": 18, "label": "Files", "component": {"type": 19, "custom_id": "files", "required": False}},
        {
            "type": 18,
            "label": "One",
            "component": {"type": 21, "custom_id": "one", "options": AB},
        },
        {"type": 18, "label": "Yes", "component": {"type": 23, "custom_id": "yes"}},
    ],
}


@pytest.fixture(autouse=True)
async def _registered(application: Application) -> None:
    await application.register()


async def opened(application: Application, alice: Person) -> Any:
    task = asyncio.create_task(alice.command("imagine", prompt="fox"))
    await application.answer(await application.hear(), 9, FORM)
    return (await task).modal


async def test_a_form_is_submitted_with_every_field_in_its_place(
    application: Application, alice: Person
) -> None:
    form = await opened(application, alice)
    values = {"files": [File("a.png", png())], "one": "a", "yes": True}
    part = await heard(application, alice.submit(form, values))
    fields = [one.get("component", {}) for one in part.data["components"]]

    assert [one.get("value") for one in fields] == [None, "old", None, "a", True]
    assert fields[2]["values"] == list(part.data["resolved"]["attachments"])


@pytest.mark.parametrize("values", [{}, {"one": "c"}, {"one": "a", "text": ""}, {"one": "a", "more": "x"}])
async def test_a_form_is_checked_before_it_is_sent(
    application: Application, alice: Person, values: dict[str, Any]
) -> None:
    form = await opened(application, alice)

    with pytest.raises(Refused):
        await alice.submit(form, values)


async def test_a_form_that_never_opened_cannot_be_sent(alice: Person) -> None:
    with pytest.raises(Refused):
        await alice.submit(None, {})
