"""What programs read: the public JSON API, Atom feeds, the sitemap and robots.txt.

Owns: the shape of the answers under /api/v1/ and their description in OpenAPI. Promises: nothing
here changes anything, and nothing is answered that the same reader could not see on a page. Leaves
to others: who may see what; every read goes through the selectors of the rooms below.
"""
