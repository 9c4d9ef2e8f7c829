"""Who stands how to whom: follows, blocks, mutes and lists of people, and what audiences mean.

Owns: the tables of relations, and the one rule that says who belongs to an audience.
Promises: a block works both ways in every read; a mute ends by itself; counters equal a recount.
Leaves to others: what is shown to an audience (notes and the rooms above).
"""
