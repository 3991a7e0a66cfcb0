"""Imagine: the Discord bot for `/imagine`."""
