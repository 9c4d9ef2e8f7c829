"""People and their sign-in.

Owns: accounts, their handles, sign-in, sessions, passkeys, mail addresses and the local mail outbox.
Promises: no phone number is ever asked; a closed account is gone from every view at once.
Leaves to others: relations between people (graph), pictures (media).
"""
