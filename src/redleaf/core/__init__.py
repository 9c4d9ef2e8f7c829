"""What every domain stands on, without a word of any domain.

Owns: identifiers, the clock, refusals, the outbox of events, background jobs, the audit trail,
cursor paging, rate limits, text cleaning, money and direct database access.
Promises: an event announced inside a transaction is delivered after commit, at least once.
Leaves to others: everything a member would recognise.
"""
