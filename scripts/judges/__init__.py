"""Judges by other makers, who say whether a file is what it claims to be: Java programs."""
