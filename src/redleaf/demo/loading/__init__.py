"""Putting the demo into an empty edition: people, pictures, then what they did, in its order."""
