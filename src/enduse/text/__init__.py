"""Strings in, spans out: sentences, and normal forms with maps back to the original's offsets."""
