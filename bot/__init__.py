"""Imagine: the Discord bot for `/imagine`."""

__version__ = "0.1.0"
