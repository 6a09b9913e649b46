"""What can be done with the search: index, forget, find, show where."""
