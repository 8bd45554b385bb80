"""How the text leaves: one module a format, one registry.

`manuscript` reads the document's Markdown into the small tree of `blocks`; the writers (`to_docx`) work
from that tree. Markdown itself (`to_markdown`) is the person's own text and is not rebuilt from it.
"""
