"""The ``hashira`` command."""
