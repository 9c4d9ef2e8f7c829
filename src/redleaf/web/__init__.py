"""The shared interface: base templates, components, style, slots. A library, not a shell.

Owns: how pages look, the template environment, language and theme of the reader, security headers,
designed errors, the installable shell. Promises: no page asks another host for anything.
"""
