"""People and their sign-in: accounts, ways in, sessions, settings, and leaving.

Owns: accounts, handles and their history, sessions, mail to members.
Promises: one way in for everybody (redleaf.accounts.adapter), one query for "who is this?" on a
request, and that a closed account is gone from everyone's view at once.
Leaves to others: whom one follows (graph), pictures (media), what one wrote (notes).
"""
