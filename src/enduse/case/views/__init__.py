"""What the workbench shows, as plain immutable values: the same for a page and for the API."""
