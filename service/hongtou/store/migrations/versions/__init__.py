"""One module for each schema, in order; the name of a schema is its `revision`."""
