"""What Hugging Face's hub says of its accounts, on the Space's own address."""

# Source: the OpenAPI description of Hugging Face's hub, of which the fields that programs read.

from datetime import UTC, datetime
from http import HTTPStatus

from aiohttp import web

from bot.sandbox.space import accounts, answers
from bot.sandbox.space.budget import DECLARED
from bot.sandbox.space.conduct import Conduct
from bot.sandbox.space.ledger import bearer

PREFIX = "/api/"
FULL = 2400  # GPU seconds a day of an account without an end of quota in sight


class Hub:
    """Answers for accounts."""

    def __init__(self, conduct: Conduct) -> None:
        self._conduct = conduct

    async def who_am_i(self, request: web.Request) -> web.Response:
        """Answer `GET /api/whoami-v2`."""
        if refusal := self._refusal(request):
            return refusal
        token = {"type": "access_token", "accessToken": {"displayName": "imagine", "role": "read"}}
        account = {"type": "user", "id": "6553f1", "name": "somebody", "isPro": False, "auth": token}
        return answers.answer(HTTPStatus.OK, account)

    async def quota(self, request: web.Request) -> web.Response:
        """Answer `GET /api/spaces/zero-gpu/quota`."""
        if refusal := self._refusal(request):
            return refusal
        budget = accounts.budget_of(self._conduct, bearer(request.headers))
        until = budget.until if budget else None
        counted = budget is not None and not budget.counts_runs
        left = budget.pictures * DECLARED if budget and counted else FULL
        body = {
            "base": max(left, FULL),
            "current": left,
            "resetsAt": None if until is None else datetime.fromtimestamp(until, UTC).isoformat(),
            "overquotaUsed": 0,
            "runs": {"remaining": budget.pictures if budget and not counted else FULL},
        }
        return answers.answer(HTTPStatus.OK, body)

    def _refusal(self, request: web.Request) -> web.Response | None:
        if not self._conduct.has_hub:
            return answers.detail(HTTPStatus.NOT_FOUND, "Not Found")
        if not accounts.is_known(self._conduct, bearer(request.headers)):
            return answers.answer(HTTPStatus.UNAUTHORIZED, {"error": "Invalid username or password."})
        return None
