"""A Gradio Space on this machine, in place of Stable Diffusion 3.5 Large on Hugging Face.

It speaks byte for byte as recorded Gradio servers do, paints instead of diffusing, and can be put into every
bad mood that a Space is known to have. `server` and the modules below it that import aiohttp are the shell;
`line`, `play`, `moods`, `budget`, `wordings`, `messages`, `wire`, `inputs` and `painter` decide, and do no
I/O.
"""

from bot.sandbox.space.budget import Budget
from bot.sandbox.space.dialect import Version
from bot.sandbox.space.ledger import Drought, Ledger, Outcome, Posted, Visit
from bot.sandbox.space.moods import Mood, Scene
from bot.sandbox.space.server import LoopbackSpace
from bot.sandbox.space.wordings import WORDINGS, Wording

__all__ = [
    "WORDINGS",
    "Budget",
    "Drought",
    "Ledger",
    "LoopbackSpace",
    "Mood",
    "Outcome",
    "Posted",
    "Scene",
    "Version",
    "Visit",
    "Wording",
]
