"""The API of `/v1`: what is sent in, what is made of it, and how both are described."""
