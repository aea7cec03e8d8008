"""The web pages: the desk, what is kept, imports, events, accounts and log-in, and explanations."""
