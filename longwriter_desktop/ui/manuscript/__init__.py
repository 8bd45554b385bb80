"""The manuscript: the whole document as one continuous text that a person and the writer share.

`fields` names the parts of the text, `page` keeps them apart inside one QTextDocument, `history` is
undo and redo of the whole document in terms of those parts, `editing` turns keys, input methods, paste
and drag into changes of them, `manuscript` is the widget. What is shown is plain Markdown throughout.

Around it, each for itself: `finder` and `find_bar` (what `finding` finds), `spelling`, `focus_mode` and
`origin_marks`. They paint as layers below or above the text (`lines` says where letters stand) and only
ever look at what shows, so that the length of the document does not matter to them. `writing_page` is
the manuscript with the find bar above it.
"""
