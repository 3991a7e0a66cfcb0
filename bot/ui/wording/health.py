"""What a health check answers."""

HEALTHY = "ok"
READY = "ready"
STOPPING = "The bot is about to stop."
NOT_CONNECTED = "The bot is not connected to Discord."
STORE_SILENT = "The database does not answer."


def cannot_listen(reason: str) -> str:
    """Return the rule that a port breaks at which nothing can listen."""
    return f"nothing can listen there ({reason})"
