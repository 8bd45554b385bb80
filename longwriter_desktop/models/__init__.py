"""Which weights: the catalogue of known models, what fits this machine, and where their files are."""
