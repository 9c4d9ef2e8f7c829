"""Checking and making videos."""
