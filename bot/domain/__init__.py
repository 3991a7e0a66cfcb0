"""What the bot knows: pure values and decisions.

Nothing here does I/O, reads a clock, draws a random number, or imports asyncio or discord.
"""
