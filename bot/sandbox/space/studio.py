"""The queue at work: events come in, wait, are worked on, and leave; no HTTP here."""

import asyncio
import uuid
from functools import partial

from bot.sandbox.space.conduct import Conduct
from bot.sandbox.space.ledger import Ledger, Outcome, Posted
from bot.sandbox.space.line import Line
from bot.sandbox.space.mailboxes import Mailboxes
from bot.sandbox.space.messages import ProcessCompleted, ProcessStarts
from bot.sandbox.space.moods import Mood
from bot.sandbox.space.performance import Performance
from bot.sandbox.space.results import Outputs

FN_INDEX = 0  # the function's number in /config


class Studio:
    """The Space behind its HTTP face.

    Attributes:
        ledger: What was asked and what became of it.
        mailboxes: What waits to be read.
        line: Who waits and who is served.
    """

    def __init__(self, conduct: Conduct, ledger: Ledger) -> None:
        self.ledger = ledger
        self.mailboxes = Mailboxes()
        self.line = Line(conduct.concurrency, conduct.queue_size)
        self._conduct = conduct
        self._sessions: dict[str, str] = {}
        self._performances: dict[str, Performance] = {}
        self._tasks: dict[str, asyncio.Task[Outcome]] = {}
        self._broken: list[BaseException] = []

    def submit(self, posted: Posted, outputs: Outputs) -> str:
        """Queue a request and return its event id.

        Raises:
            LineFull: There is no room.
        """
        self.ledger.note(posted)
        event_id = uuid.uuid4().hex
        self.line.join(event_id)
        posted.event_id = event_id
        self.ledger.settle(posted, Outcome.WAITING)
        session_hash = posted.session_hash or event_id
        mailbox = self.mailboxes.open(session_hash, event_id)
        self._sessions[event_id] = session_hash
        self._performances[event_id] = Performance(posted, mailbox, outputs, self._conduct, self.ledger)
        if posted.scene is not Mood.SILENT:
            self._tell_waiting(after=len(self.line.waiting) - 1)
        self._serve()
        return event_id

    def session_of(self, event_id: str) -> str:
        """Return the session whose stream speaks of an event."""
        return self._sessions.get(event_id, event_id)

    def leave(self, session_hash: str) -> None:
        """A reader left in the middle: what waits is removed, what runs stops at its next yield."""
        self.mailboxes.drop(session_hash)
        for event_id, performance in list(self._performances.items()):
            if self._sessions[event_id] != session_hash:
                continue
            performance.left.set()
            if self.line.leave(event_id):
                self._forget(event_id, Outcome.ABANDONED)

    def cancel(self, session_hash: str, fn_index: int, event_id: str) -> None:
        """Do what this release of Gradio makes of a `/cancel`."""
        performance = self._performances.get(event_id)
        mailbox = self.mailboxes.find(session_hash)
        if performance is None or mailbox is None:
            return
        if event_id in self._tasks:
            self._cancel_running(performance, event_id, is_right=fn_index == FN_INDEX)
        elif self._conduct.dialect.removes_queued and self.line.leave(event_id):
            self._forget(event_id, Outcome.CANCELLED)
        mailbox.put(event_id, ProcessCompleted(None))

    async def aclose(self) -> None:
        """Stop all work.

        Raises:
            BaseExceptionGroup: Work broke in a way that no mood accounts for.
        """
        self.line.waiting.clear()
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._broken:
            raise BaseExceptionGroup("the loopback Space broke", self._broken)

    def _cancel_running(self, performance: Performance, event_id: str, *, is_right: bool) -> None:
        if is_right:
            self._tasks[event_id].cancel()
        elif self._conduct.dialect.restarts:
            performance.started_again = True

    def _tell_waiting(self, after: int = 0) -> None:
        for event_id, estimation in self.line.estimations(self._conduct.clock(), after):
            self._performances[event_id].say(estimation)

    def _serve(self) -> None:
        """Start what may start. Gradio tells the others their new rank each time."""
        while event_id := self.line.serve(self._conduct.clock()):
            task = asyncio.create_task(self._work(event_id))
            task.add_done_callback(partial(self._end, event_id))
            self._tasks[event_id] = task
            self._tell_waiting()

    async def _work(self, event_id: str) -> Outcome:
        performance = self._performances[event_id]
        self.ledger.settle(performance.posted, Outcome.RUNNING)
        if performance.posted.scene is not Mood.SILENT:
            performance.say(ProcessStarts(self.line.average))
        return await performance.run(self.line.average)

    def _end(self, event_id: str, task: asyncio.Task[Outcome]) -> None:
        """Free the place; a callback, since a task cancelled early never runs its own `finally`."""
        outcome = Outcome.CANCELLED
        if not task.cancelled():
            error = task.exception()
            outcome = Outcome.FAILED if error else task.result()
            self._broken += [error] if error else []
        self.line.finish(event_id, self._conduct.clock(), completed=outcome is Outcome.COMPLETED)
        del self._tasks[event_id]
        self._forget(event_id, outcome)
        self._serve()

    def _forget(self, event_id: str, outcome: Outcome) -> None:
        self.ledger.settle(self._performances.pop(event_id).posted, outcome)
