"""What a person does on the page: each is an action of `Person`, which has Discord's client's scruples."""

from dataclasses import dataclass

from bot.sandbox.discord import Person, Refused, Reply
from bot.sandbox.discord.interaction import Callback
from bot.sandbox.discord.model import Channel
from bot.sandbox.discord.wire import Json
from bot.sandbox.page.asking import field
from bot.sandbox.page.opened import OpenForms
from bot.sandbox.page.values import Values
from bot.sandbox.page.wrong import Wrong

ANSWERED: Json = {"outcome": "answered"}
FAILED: Json = {"outcome": "failed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action.

    Attributes:
        body: What the page says of it.
        values: Reads its values.
        forms: What is open.
    """

    me: Person
    channel: Channel
    body: Json
    values: Values
    forms: OpenForms

    async def perform(self) -> Json:
        """Do it, and return what came of it once it is acknowledged.

        Raises:
            Wrong: The request says what it means in no way that the page knows.
        """
        actions = {
            "command": self._command,
            "complete": self._complete,
            "press": self._press,
            "choose": self._choose,
            "menu": self._menu,
            "submit": self._submit,
            "say": self._say,
        }
        action = actions.get(field(self.body, "do"))
        if action is None:
            raise Wrong(f"do must be one of {', '.join(actions)}.")
        try:
            return await action()
        except Refused as refused:
            return {"outcome": "refused", "why": str(refused)}

    async def _command(self) -> Json:
        options = self.values.named(self.body.get("options") or {})
        name = field(self.body, "name")
        return self._outcome(await self.me.command(name, channel=self.channel, options=options))

    async def _complete(self) -> Json:
        name, option, text = (field(self.body, key) for key in ("name", "option", "text"))
        options = self.values.named(self.body.get("options") or {})
        try:
            choices = await self.me.autocomplete(name, option, text, channel=self.channel, options=options)
        except TimeoutError:
            return FAILED
        return {"outcome": "choices", "choices": choices}

    async def _press(self) -> Json:
        custom_id = field(self.body, "custom_id")
        return self._outcome(await self.me.click(self._message(), custom_id=custom_id))

    async def _choose(self) -> Json:
        values = self.values.several(self.body.get("values"))
        custom_id = field(self.body, "custom_id")
        return self._outcome(await self.me.choose(self._message(), custom_id, values))

    async def _menu(self) -> Json:
        name = field(self.body, "name")
        target = self.values.one({"user": self.body["user"]}) if "user" in self.body else self._message()
        return self._outcome(await self.me.context_menu(name, target, channel=self.channel))

    async def _submit(self) -> Json:
        form_id = field(self.body, "form")
        values = self.values.named(self.body.get("values") or {})
        reply = await self.me.submit(self.forms.find(form_id, self.me), values)
        if not reply.failed:
            self.forms.close(form_id)
        return self._outcome(reply)

    async def _say(self) -> Json:
        self.me.say(field(self.body, "text"), channel=self.channel)
        return ANSWERED

    def _message(self) -> Json:
        """What a person points at; whether they see it, `Person` finds out."""
        message_id = field(self.body, "message")
        if not message_id.isdecimal():
            raise Wrong("message must be an id.")
        return {"id": message_id}

    def _outcome(self, reply: Reply) -> Json:
        if reply.interaction.callback is None:
            return FAILED
        if reply.interaction.callback is Callback.MODAL and reply.modal:
            return {"outcome": "modal", "form": self.forms.add(reply.modal)}
        return ANSWERED
