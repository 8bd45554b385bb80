"""The keys of the menu Section, which the outline's own menu shows as well."""

SPLIT, JOIN, DUPLICATE = "Ctrl+Shift+K", "Ctrl+Shift+J", "Ctrl+Shift+D"
CHAPTER, LOCK = "Ctrl+Shift+B", "Ctrl+L"
