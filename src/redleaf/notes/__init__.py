"""Notes: what members share, and the talk, boards and topics around them.

Owns: notes with their pictures, versions, drafts, topics and mentions; comments; boards; the marks
like, helpful, save and share; and the one read policy, `selectors.visible_notes`.
Promises: a restricted note is "not found" for everyone outside its audience, on every path;
counters equal a recount; every published wording stays readable in the note's history.
Leaves to others: ranking and search (discovery), who belongs to an audience (graph), files (media).
"""
