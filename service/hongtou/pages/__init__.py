"""Pages as they are to be drawn, and what is to be said of them."""
