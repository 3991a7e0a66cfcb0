"""People in front of Discord, who do only what its client lets them do."""
