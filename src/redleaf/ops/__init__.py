"""The operator's desk: starting and stopping, health, metrics, logs, backup, checks, measuring.

Owns: the supervisor and the embedded PostgreSQL, the commands, and what a machine may ask about the
product's state. Promises: nothing that was acknowledged is lost by a kill, and no process is left
behind. Leaves to others: every matter of a member's.
"""
