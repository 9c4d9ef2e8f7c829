"""Measuring: `redleaf bench …` fills a scratch database, runs the real server and reports figures.

Every command takes --json FILE and writes one flat object of numbers. docs/performance.md shows
what came out, and on which machine.
"""
