"""Backup and restore: database, media, secret key and redleaf.toml in one checked file.

The file is a plain tar: pg_dump compresses the database, pictures and videos are compressed as
they are, and whoever has to save something years from now finds a format that every machine reads.
Its last member, manifest.json, holds the size and SHA-256 of every other one and the number of
rows of every table. `restore` checks all of it before it touches anything.
"""

from redleaf.ops.backup.making import write
from redleaf.ops.backup.restoring import restore

__all__ = ["restore", "write"]
