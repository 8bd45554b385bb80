"""Statistics: lengths asked and delivered, repetition, words a day, time at work and the goal of the day."""
