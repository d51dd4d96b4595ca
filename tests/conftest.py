"""What holds for all tests: how long one takes is no ground for its failure."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
