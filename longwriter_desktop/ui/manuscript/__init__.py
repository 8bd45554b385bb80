"""The manuscript: the whole document as one continuous text that a person and the writer share.

`fields` names the parts of the text, `page` keeps them apart inside one QTextDocument, `history` is
undo and redo of the whole document in terms of those parts, `editing` turns keys, input methods, paste
and drag into changes of them, `manuscript` is the widget. What is shown is plain Markdown throughout.
"""
