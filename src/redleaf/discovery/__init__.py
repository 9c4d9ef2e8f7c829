"""Discovery: Explore, channels, Following and search; how people find notes, topics and each other.

Owns: the order of the feeds as pages show it, each member's order of channels, the search index and
its marks. Promises: Explore is the same list for everybody but for blocks and mutes; Following is
complete and strictly by time; a published note is found within two seconds, a withdrawn or
restricted one by nobody; the index is derived and can be thrown away (`./redleaf search rebuild`).
Leaves to others: who may read a note (notes), what a card looks like (notes, web).
"""
