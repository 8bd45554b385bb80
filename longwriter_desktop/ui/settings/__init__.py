"""The settings dialog: what can be chosen, a page for each kind, and what happens at once when it is."""
