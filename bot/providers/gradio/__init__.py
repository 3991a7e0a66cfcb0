"""The wire of a Gradio Space: pure parsers, and one aiohttp shell around them."""
