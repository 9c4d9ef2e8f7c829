"""Verbs of notes."""
