"""Words and phrases that moderators have rules for, found in prompts however they are disguised.

Pure. `folding` reads a text, `matcher` finds rules in it, `verdict` says what becomes of the prompt.
"""
