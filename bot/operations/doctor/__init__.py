"""`python -m bot doctor`: looks at the set-up (`probing`), judges what it sees (`judging`), and says it."""
