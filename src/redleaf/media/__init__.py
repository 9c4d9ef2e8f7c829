"""Uploads: pictures and videos, read by content, made anew, stored and served to whom they may.

Owns: assets, their variants, the store, and the checked addresses under /media/.
Promises: nothing of the original file is kept, neither its place nor its camera; a file of a
restricted thing is "not found" for those outside its audience. Leaves to others: who may see the
thing that an asset belongs to; each room registers a guard for its kind.
"""
