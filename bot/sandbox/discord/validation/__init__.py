"""What Discord refuses, although its OpenAPI description would let it pass. Pure."""
