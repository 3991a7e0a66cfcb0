"""Where REST meets HTTP: faults, authorization, rate limits, errors and the log, in Discord's order."""

import asyncio
from dataclasses import dataclass, replace

from aiohttp import web

from bot.sandbox.discord import errors
from bot.sandbox.discord.buckets import Grant
from bot.sandbox.discord.core import Core
from bot.sandbox.discord.errors import ApiError
from bot.sandbox.discord.faults import Fault, Faults
from bot.sandbox.discord.journal import RequestLogged
from bot.sandbox.discord.log import RequestLog
from bot.sandbox.discord.rest import accounts, channels, commands, interactions
from bot.sandbox.discord.rest.body import read
from bot.sandbox.discord.rest.call import Answer, Call, Route, find
from bot.sandbox.discord.rest.limits import RateLimits
from bot.sandbox.discord.wire import encode

PREFIX = "/api/v10"
ROUTES = [*accounts.ROUTES, *commands.ROUTES, *channels.ROUTES, *interactions.ROUTES]


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer with its headers.

    Attributes:
        remaining: Requests left in the rate limit's window; None when the request was not counted.
    """

    answer: Answer
    headers: dict[str, str]
    remaining: int | None = None


class Rest:
    """The REST API as one aiohttp handler."""

    def __init__(self, core: Core, faults: Faults, log: RequestLog, limits: RateLimits) -> None:
        self._core, self._faults, self._log, self._limits = core, faults, log, limits

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        path, now = request.path.removeprefix(PREFIX), self._core.clock()
        call = Call(
            method=request.method, path=path, params={}, query=dict(request.query), body=None, now=now
        )
        fault = self._faults.take(request.method, path)
        if fault and fault.delay:
            await asyncio.sleep(fault.delay)
        try:
            body = await read(request)
            call = replace(call, body=body.value, uploads=body.uploads)
            outcome = await self._serve(call, request, fault)
        except ApiError as error:
            outcome = Outcome(Answer(error.body, error.status), {})
        except ConnectionError:  # the client hung up in the middle of its request: nobody reads an answer
            return web.Response(status=400)
        return self._finish(request, call, outcome, fault)

    async def _serve(self, call: Call, request: web.Request, fault: Fault | None) -> Outcome:
        if fault and fault.replaces and not fault.applied:
            return Outcome(Answer(fault.body, fault.status or 500), fault.headers)
        route, params = find(ROUTES, call.method, call.path)
        if not route.open and request.headers.get("Authorization") != f"Bot {self._core.world.token}":
            raise errors.unauthorized()
        if call.method == "PATCH" and self._core.rules.edit_latency:
            await asyncio.sleep(self._core.rules.edit_latency)
        call = replace(call, params=params, now=self._core.clock())
        grant = self._limits.take(route, call)
        outcome = self._limited(grant) or self._answered(route, call, grant)
        if fault and fault.status is not None:
            return Outcome(Answer(fault.body, fault.status), fault.headers)
        return outcome

    def _limited(self, grant: Grant) -> Outcome | None:
        if grant.allowed:
            return None
        text = "You are being rate limited."
        body = {"message": text, "code": 0, "retry_after": round(grant.reset_after, 3), "global": False}
        return Outcome(Answer(body, 429), grant.headers, grant.remaining)

    def _answered(self, route: Route, call: Call, grant: Grant) -> Outcome:
        try:
            return Outcome(route.handler(self._core, call), grant.headers, grant.remaining)
        except ApiError as error:
            return Outcome(Answer(error.body, error.status), grant.headers, grant.remaining)

    def _finish(
        self, request: web.Request, call: Call, outcome: Outcome, fault: Fault | None
    ) -> web.StreamResponse:
        answer, dropped = outcome.answer, bool(fault and fault.drop)
        row = {
            "at": call.now,
            "seconds": self._core.clock() - call.now,
            "method": call.method,
            "path": call.path,
            "query": call.query,
            "body": call.body,
            "status": None if dropped else answer.status,
            "response": None if dropped else answer.body,
            "remaining": outcome.remaining,
        }
        self._core.journal.note(RequestLogged(self._log.add(row, call.uploads)))
        if dropped and request.transport:
            request.transport.abort()
        if answer.body is None:
            return web.Response(status=answer.status, headers=outcome.headers)
        # Source: clients compare this header with "application/json" to the letter: no charset.
        headers = outcome.headers | {"Content-Type": "application/json"}
        return web.Response(status=answer.status, body=encode(answer.body), headers=headers)
