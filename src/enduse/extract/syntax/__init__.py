"""Grammar that was learnt: words, their classes, the tree over them, and names of entities.

In: sentences and the weights of the English parser. Out: a tree for each sentence. Refused: where
no weights were installed the module says so, and the grammar of `enduse.extract.rules` stands in.

The network is spaCy's of 2019 (Honnibal and Montani): hashed embeddings of norm, prefix, suffix
and shape, four residual layers over windows of three words, and greedy transition decoders
(arc-eager with Unshift, Honnibal and Johnson 2014; BILUO for names). It runs on numpy and numba.
"""
