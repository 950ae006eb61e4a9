"""The sub-commands of ``hashira`` that come in groups. As in ``cli/main.py``, each imports what it needs when it runs."""
