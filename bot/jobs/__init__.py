"""What happens to one request, from its admission to its picture or its error."""
