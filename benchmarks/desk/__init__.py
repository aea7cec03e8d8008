"""How quick the editors' desk is, measured in a browser."""
