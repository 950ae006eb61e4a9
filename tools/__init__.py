"""What agents can do, as plain typed functions with their permissions. No agent framework here."""
