"""The kernel: settings, errors, database, tables and the shop's rules. Imports no sibling package."""
