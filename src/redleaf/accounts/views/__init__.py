"""Pages of accounts: the way in, settings, sessions, and the outbox."""
