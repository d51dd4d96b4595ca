"""The reviewed knowledge of weapons, actors, places and words: loaded, checked, searched."""
