"""The demo: an invented community that shows a newcomer what Redleaf is.

Owns: the members, notes, comments and boards of `content/`, the drawn pictures of `art`, and what
puts them all into an empty edition.
Promises: every person in it is invented, every scene a picture asks for can be drawn, and loading
it twice changes nothing; nothing of it is there unless an operator asks for it.
Leaves to others: what a note, a comment or a board is (notes), who members are (accounts).
"""
