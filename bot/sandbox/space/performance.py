"""One event being worked on: its acts, in time."""

import asyncio
from typing import Any

from bot.sandbox.space import accounts
from bot.sandbox.space.conduct import SLOW_STEP, Conduct
from bot.sandbox.space.inputs import Inputs, Refused, parse
from bot.sandbox.space.ledger import Ledger, Outcome, Posted
from bot.sandbox.space.mailboxes import Mailbox
from bot.sandbox.space.messages import (
    Cut,
    Gibberish,
    LogLine,
    Message,
    ProcessCompleted,
    ProcessFailed,
    ProcessGenerating,
    StepProgress,
    UnexpectedError,
)
from bot.sandbox.space.moods import Mood, Scene
from bot.sandbox.space.painter import paint, paint_preview
from bot.sandbox.space.play import Act, Deliver, Denoise, Fail, Fault, Preview, Result, acts
from bot.sandbox.space.results import Outputs
from bot.sandbox.space.wordings import Wording

STOPPED_EVERY = 0.05  # seconds; how often a stopped 5.50 repeats itself


class ReaderLeft(Exception):
    """Nobody reads any more, and a generator notices at its next yield."""


class StartedAgain(Exception):
    """A wrong `/cancel` made Gradio 5.50 throw the generator away; it begins from the beginning."""


class Performance:
    """The work on one event.

    Attributes:
        posted: What was asked.
        left: Set when the event's reader has left.
        started_again: Set when the generator has to begin again.
    """

    def __init__(
        self, posted: Posted, mailbox: Mailbox, outputs: Outputs, conduct: Conduct, ledger: Ledger
    ) -> None:
        self.posted = posted
        self.left = asyncio.Event()
        self.started_again = False
        self._mailbox = mailbox
        self._outputs = outputs
        self._conduct = conduct
        self._ledger = ledger
        self._is_generator = conduct.previews > 0
        self._has_yielded = False
        self._since = 0.0
        self._average: float | None = None

    def say(self, message: Message) -> None:
        """Send a message to the reader, unless there is none any more."""
        if not self.left.is_set():
            self._mailbox.put(self.posted.event_id, message)

    async def run(self, average: float | None) -> Outcome:
        """Work on the event, and return how that ended.

        Args:
            average: Seconds that earlier events took; None if there were none.
        """
        self._since = self._conduct.clock()
        self._average = average
        while True:
            self.posted.runs += 1
            try:
                return await self._attempt()
            except StartedAgain:
                self._has_yielded = False
            except ReaderLeft:
                return Outcome.ABANDONED

    async def _attempt(self) -> Outcome:
        conduct = self._conduct
        scene = self._scene_within_budget()
        try:
            inputs = parse(self.posted.data, conduct.dialect, conduct.pick_seed)
        except Refused as refused:
            self.say(ProcessFailed(refused.error))
            return Outcome.FAILED
        for act in acts(scene, conduct.steps or inputs.steps, conduct.previews):
            if outcome := await self._do(act, inputs):
                return outcome
        raise AssertionError("every play has a last act")

    def _scene_within_budget(self) -> Scene:
        scene = self.posted.scene
        if scene not in {Mood.CALM, Mood.SLOW}:
            return scene
        token = self.posted.token
        if token is not None and not accounts.is_known(self._conduct, token):
            self.say(accounts.NOT_KNOWN)
        return accounts.spend(self._conduct, self._ledger, token) or scene

    async def _do(self, act: Act, inputs: Inputs) -> Outcome | None:
        """Do one act, and return how the event ended if it did."""
        match act:
            case LogLine():
                self.say(act)
            case Denoise(index, total):
                self.say(StepProgress(index, total))
                await asyncio.sleep(self._seconds_per_step())
            case Preview():
                await self._preview(act, inputs)
            case Deliver(result):
                return await self._deliver(result, inputs)
            case Fail(wording):
                return self._fail(wording)
            case _:
                return await self._break(act)
        return None

    async def _preview(self, act: Preview, inputs: Inputs) -> None:
        step = round(act.step / act.total * inputs.steps)
        picture = await asyncio.to_thread(paint_preview, inputs, step, self._conduct.picture_format)
        self._yield(self._outputs.data(Result.PICTURE, picture, inputs.seed) or [])

    async def _deliver(self, result: Result, inputs: Inputs) -> Outcome:
        self.say(StepProgress(None, 0))
        picture = await asyncio.to_thread(paint, inputs, self._conduct.picture_format)
        data = self._outputs.data(result, picture, inputs.seed)
        if self._is_generator and data:
            self._yield(data)
        self.say(ProcessCompleted(data, *self._times()))
        return Outcome.ABANDONED if self.left.is_set() else Outcome.COMPLETED

    def _yield(self, data: list[Any]) -> None:
        """Show a result of a generator, which learns only here that it should not go on."""
        if self.posted.in_diffs and self._has_yielded:
            data = [[["replace", [], output]] for output in data]
        self.say(ProcessGenerating(data, *self._times()))
        self._has_yielded = True
        if self.left.is_set():
            raise ReaderLeft
        if self.started_again:
            self.started_again = False
            raise StartedAgain

    def _times(self) -> tuple[float, float]:
        """Return the seconds that this took, and that it takes on average."""
        took = self._conduct.clock() - self._since
        return took, took if self._average is None else self._average

    def _fail(self, wording: Wording | None) -> Outcome:
        error, title = (wording.message, wording.title) if wording else (None, "Error")
        self.say(ProcessFailed(error, title, self._has_yielded))
        return Outcome.FAILED

    async def _break(self, fault: Fault) -> Outcome:
        match fault:
            case Fault.CUT:
                self.say(Cut())
            case Fault.MALFORMED:
                self.say(Gibberish())
                self.say(Cut())
            case Fault.STOPPED:
                while not self.left.is_set():
                    self.say(UnexpectedError("Server stopped unexpectedly.", session_not_found=False))
                    await asyncio.sleep(STOPPED_EVERY)
            case Fault.SILENT:
                await self.left.wait()
        return Outcome.ABANDONED if self.left.is_set() else Outcome.FAILED

    def _seconds_per_step(self) -> float:
        seconds = self._conduct.seconds_per_step
        return max(seconds, SLOW_STEP) if self.posted.scene is Mood.SLOW else seconds
