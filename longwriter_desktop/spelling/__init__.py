"""Which words are misspelt: dictionaries on this computer, the person's own words, and a process that compares."""
