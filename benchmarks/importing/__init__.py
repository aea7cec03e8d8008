"""Issues written out as other files and imported again: what differs, and whether it is told."""
