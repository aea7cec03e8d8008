"""Pages → the bytes of a PDF. Only this folder knows pydyf."""
