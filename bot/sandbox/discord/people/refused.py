"""What Discord's own client would not have let the person do."""


class Refused(Exception):
    """The action never leaves the client: a missing option, a disabled button, a command out of reach."""
