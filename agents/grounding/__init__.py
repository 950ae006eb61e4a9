"""Grounded answers: what a language model is given to answer a question, and what of its answer is shown.

``prompt`` marks the passages, ``pieces`` cuts the stream into sentences, ``figures`` and ``things`` read what one claims,
``check`` judges it by the passages it cites, ``gate`` lets through what holds and puts the composer's words where it does not.
"""
