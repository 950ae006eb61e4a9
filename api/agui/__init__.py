"""AG-UI: a chat turn as the Agent User Interaction Protocol speaks of it (``/agui``).

::

    wish.py     what a client asks for: its last words or its answer to an offer, and nothing else of what it sends
    runs.py     turns under way, which clients may leave and come back to
    record.py   turns as they stand on record, for whoever comes when they are over
    told.py     what a client has heard of a turn so far, and how it names that when it comes back
    script.py   the turn's events in AG-UI's words, from there on
    follow.py   the whole stream: what is under way, then what is on record
"""
