"""Notices: what happened, for those it concerns, grouped, and the live unread badge.

Owns: notices and their reading. Promises: one act gives at most one notice; nobody hears of people
they blocked or muted; the badge is pushed within a second through LISTEN/NOTIFY.
Leaves to others: mail digests and push (a later room), and what happened (the rooms below).
"""
