"""Interactions over HTTP: Discord posts them to the bot, which then opens no gateway."""
