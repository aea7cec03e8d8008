"""The HTTP server: connections, heads, bodies, places. The only folder that knows waitress."""
