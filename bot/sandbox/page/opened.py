"""The modals that are open on somebody's screen."""

from collections import OrderedDict

from bot.sandbox.discord import Form, Person, Refused
from bot.sandbox.discord.wire import Json

MOST = 100  # forms kept; whoever leaves more than these open has closed the older ones


class OpenForms:
    """Forms by id, each for the person who opened it."""

    def __init__(self) -> None:
        self._forms: OrderedDict[str, Form] = OrderedDict()

    def add(self, form: Form) -> Json:
        """Keep a form and return it as the page shows it."""
        form_id = str(form.interaction.id)
        self._forms[form_id] = form
        if len(self._forms) > MOST:
            self._forms.popitem(last=False)
        return form.payload | {"id": form_id}

    def find(self, form_id: str, me: Person) -> Form:
        """Return a form of somebody's.

        Raises:
            Refused: It is not open, or another person's.
        """
        form = self._forms.get(form_id)
        if form is None or form.interaction.user is not me.user:
            raise Refused("This form is not open any more.")
        return form

    def close(self, form_id: str) -> None:
        """Forget a form that has been sent."""
        self._forms.pop(form_id, None)
