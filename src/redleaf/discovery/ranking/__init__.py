"""How Explore is made: published settings, candidates, one composing function, receipts.

`composing.compose` is pure: the same inputs give the same list byte for byte, and a receipt keeps
the inputs. `plain` gathers them for the list that everybody gets, `personal` for a member who
switched that on, `serving` hands out pages.
"""
