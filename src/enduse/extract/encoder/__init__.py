"""The learned reader: an encoder marks what claims turn on and what fills their roles.

In: a document's sentences. Out: drafts of claims, each with its chance. Refused: sentences the
gate leaves out.
"""
