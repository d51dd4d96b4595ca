"""The nouns: immutable values that the stages pass to one another. No stage, no input or output."""
