"""Pages of notes: parse, call one verb, render."""
