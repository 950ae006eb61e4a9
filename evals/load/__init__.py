"""Load and faults: a shop of their own, many clients, and what must be true of the books afterwards."""
