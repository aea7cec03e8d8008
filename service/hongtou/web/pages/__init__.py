"""The pages for people: the editor, the documentation, the examples."""
