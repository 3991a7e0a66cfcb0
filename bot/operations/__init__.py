"""What the person who runs the bot looks at: its health, its figures, and what is wrong with its set-up."""
