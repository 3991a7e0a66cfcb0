"""Gateway v10: the websocket on which applications hear of events."""
