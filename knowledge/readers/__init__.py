"""Reading untrusted files: one module for each kind, and the worker process that they run in."""
