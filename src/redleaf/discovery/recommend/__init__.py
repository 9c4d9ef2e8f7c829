"""The recommender's algorithms: pure functions without Django or a database.

Serving calls them with rows that it has read; the benches call the same functions.
"""
