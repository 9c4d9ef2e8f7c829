"""Reading, checking and making pictures."""
