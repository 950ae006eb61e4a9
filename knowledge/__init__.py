"""The library: the manuals and guides, and how they are read, split, embedded, stored and found."""
