"""Translations: extracting the English texts, keeping the catalogues, compiling, checking.

English is the source. `./redleaf messages extract` brings the catalogues of the other languages up
to date with the code, a person translates what is empty, `check` says what is missing or wrong.
"""
