"""The web pages: the editor, the documentation, the examples."""
