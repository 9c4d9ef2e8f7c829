"""What Redleaf may remember of a member: consent by purpose, its log, and forgetting.

Owns: consents and the log of their changes. Purposes and forgetting come by registration from the
rooms above.
"""
