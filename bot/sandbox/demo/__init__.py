"""The demo: the real bot, between a Discord and a Space on this machine, in a browser or in a terminal."""

from bot.sandbox.space import Mood

MOODS = tuple(mood.value for mood in Mood)
