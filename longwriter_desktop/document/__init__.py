"""What is written: the document, its sections and versions, word counts and the length score.

Plain values without Qt, llama.cpp, disk or clock. Everything is frozen; a change makes a new value.
"""
