"""Complete payloads, built from the model: pure, and valid under Discord's OpenAPI description."""
