"""What a person can do at the desk: use cases over the storage ports, with no screen and no database."""
