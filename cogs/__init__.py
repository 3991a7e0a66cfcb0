"""discord.py extensions, one file each: parse, run, show."""
