"""The one reply of a picture: from the latest stage to the last attachment."""
