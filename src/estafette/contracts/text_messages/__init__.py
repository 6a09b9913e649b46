"""Document D2: text messages under `/messages`."""
