"""FastAPI: routes, sessions, wire formats."""
