"""Redleaf: an open social-commerce platform that a community runs for itself."""
