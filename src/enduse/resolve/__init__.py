"""Stage 5: the names in claims to entities, through recorded judgements.

In: claims, the register, the judgements of people, publications. Out: the claims with their roles
and speakers tied to entities, the entities that only this case knows, and a judgement for every
name the program decided. Refused: to decide against a person's judgement.
"""

from enduse.resolve.claims import Resolved, resolve_claims

__all__ = ["Resolved", "resolve_claims"]
