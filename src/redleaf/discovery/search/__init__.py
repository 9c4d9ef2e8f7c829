"""Search: one box over notes, people, topics and places, in Chinese, English and French.

`words` cuts text, `engine` is the port to Tantivy, `documents` says what is indexed, `writing`
keeps the index fresh from marks, `finding` answers a query, `fallback` answers without.
"""
