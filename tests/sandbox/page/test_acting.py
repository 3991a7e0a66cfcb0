"""What people do on the page, each through the same scruples as Discord's client."""

import json

import aiohttp
import pytest

from bot.sandbox.discord import LoopbackDiscord, Person
from tests.sandbox.discord.sample import png
from tests.sandbox.page.conftest import Json, Tab, register

pytestmark = pytest.mark.usefixtures("bot")


def custom_id(message: Json, kind: int) -> str:
    parts = [part for row in message["components"] for part in row["components"]]
    return next(str(part["custom_id"]) for part in parts if part["type"] == kind)


async def drawn(tab: Tab, who: Person) -> Json:
    """Use /imagine, and return its message once it has its buttons."""
    async with tab.listening(who) as feed:
        outcome = await tab.act(who, "command", name="imagine", options={"prompt": "a fox"})
        assert outcome == {"outcome": "answered"}
        return await feed.until("message", lambda one: one["components"])


async def test_a_command_is_answered_with_a_picture(tab: Tab, alice: Person) -> None:
    shown = await drawn(tab, alice)

    assert shown["content"] == "a fox by sd"
    async with tab.http.get(shown["attachments"][0]["url"]) as picture:
        assert await picture.read() == png()
        assert picture.headers["Content-Security-Policy"].startswith("sandbox")


async def test_what_the_client_would_not_send_is_refused_with_a_reason(tab: Tab, alice: Person) -> None:
    missing = await tab.act(alice, "command", name="imagine", options={})
    unknown = await tab.act(alice, "command", name="dance")
    silent = await tab.act(alice, "complete", name="imagine", option="prompt", text="a")

    assert missing == {"outcome": "refused", "why": "imagine needs prompt"}
    assert unknown["outcome"] == silent["outcome"] == "refused"


async def test_a_bot_that_says_nothing_has_failed(tab: Tab, discord: LoopbackDiscord, alice: Person) -> None:
    await register(discord, "sleep")

    assert await tab.act(alice, "command", name="sleep") == {"outcome": "failed"}


async def test_typing_into_an_option_brings_suggestions(tab: Tab, alice: Person) -> None:
    outcome = await tab.act(
        alice, "complete", name="imagine", option="model", text="sd", options={"prompt": "a fox"}
    )

    assert outcome["outcome"] == "choices"
    assert [one["value"] for one in outcome["choices"]] == ["sd15", "sd35"]


async def test_a_button_can_be_pressed_by_another_member(tab: Tab, alice: Person, bob: Person) -> None:
    shown = await drawn(tab, alice)
    async with tab.listening(alice) as feed:
        outcome = await tab.act(bob, "press", message=shown["id"], custom_id="again:7")
        changed = await feed.until("message", lambda one: "again" in one["content"])

    assert outcome == {"outcome": "answered"}
    assert changed["id"] == shown["id"]


async def test_a_choice_is_answered_to_the_chooser_alone(tab: Tab, alice: Person, bob: Person) -> None:
    shown = await drawn(tab, alice)

    outcome = await tab.act(bob, "choose", message=shown["id"], custom_id="menu", values=["2"])

    assert outcome == {"outcome": "answered"}
    assert (await tab.last(bob))["content"] == "You chose 2"
    assert "You chose 2" not in [one["content"] for one in await tab.messages(alice)]


async def test_the_menu_of_a_message_has_the_bots_entries(tab: Tab, alice: Person, bob: Person) -> None:
    await tab.act(alice, "say", text="hello")
    said = await tab.last(bob)

    assert await tab.act(bob, "menu", name="Details", message=said["id"]) == {"outcome": "answered"}
    assert (await tab.last(alice))["content"] == "alice said hello"


async def test_the_menu_of_a_person_reaches_the_bot(
    tab: Tab, discord: LoopbackDiscord, alice: Person, bob: Person
) -> None:
    await register(discord, "Greet", type=2, description="")

    outcome = await tab.act(alice, "menu", name="Greet", user=str(bob.user.id))

    assert outcome == {"outcome": "failed"}  # it was sent, and this bot does not know the entry


async def test_a_form_is_filled_in_and_sent_once(tab: Tab, alice: Person) -> None:
    opened = await tab.act(alice, "command", name="rename")
    form = opened["form"]

    too_long = await tab.act(alice, "submit", form=form["id"], values={"name": "x" * 11})
    sent = await tab.act(alice, "submit", form=form["id"], values={"name": "Fox"})
    again = await tab.act(alice, "submit", form=form["id"], values={"name": "Fox"})

    assert (opened["outcome"], form["title"]) == ("modal", "Rename")
    assert too_long["outcome"] == "refused"
    assert sent == {"outcome": "answered"}
    assert again == {"outcome": "refused", "why": "This form is not open any more."}
    assert (await tab.last(alice))["content"] == "Now called Fox"


async def test_nobody_can_send_another_persons_form(tab: Tab, alice: Person, bob: Person) -> None:
    form = (await tab.act(alice, "command", name="rename"))["form"]

    outcome = await tab.act(bob, "submit", form=form["id"], values={"name": "Fox"})

    assert outcome["outcome"] == "refused"


async def test_a_file_travels_with_the_options(tab: Tab, discord: LoopbackDiscord, alice: Person) -> None:
    await register(discord, "send", options=[{"type": 11, "name": "file", "description": "A file"}])
    body = {
        "as": str(alice.user.id),
        "channel": str(discord.channel("art").id),
        "do": "command",
        "name": "send",
        "options": {"file": {"file": 0}},
    }
    form = aiohttp.FormData({"payload_json": json.dumps(body)})
    form.add_field("files[0]", png(), filename="fox.png", content_type="image/png")

    async with tab.http.post("/page/act", data=form) as response:
        assert await response.json() == {"outcome": "failed"}  # it was sent, and nobody answers it

    assert [one.data for one in discord.world.attachments.values()] == [png()]


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
async def test_a_message_has_a_text_of_no_more_than_2000_characters(
    tab: Tab, alice: Person, text: str
) -> None:
    assert (await tab.act(alice, "say", text=text))["outcome"] == "refused"
    assert await tab.messages(alice) == []


@pytest.mark.parametrize(
    "body",
    [
        {"do": "dance"},
        {"do": "press", "message": "x", "custom_id": "again:7"},
        {"do": "command", "name": "imagine", "options": {"prompt": {"user": "1"}}},
        {"do": "command", "name": "imagine", "options": ["a fox"]},
        {"do": "command", "name": "imagine", "options": {"prompt": {"file": 0}}},
        {"do": "choose", "message": "1", "custom_id": "menu", "values": "2"},
    ],
)
async def test_what_the_page_would_not_send_is_a_mistake(
    tab: Tab, discord: LoopbackDiscord, alice: Person, body: Json
) -> None:
    where = {"as": str(alice.user.id), "channel": str(discord.channel("art").id)}

    status, answer = await tab.send("POST", "act", where | body)

    assert status == 400
    assert answer["error"]
