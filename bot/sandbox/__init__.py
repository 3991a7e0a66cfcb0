"""Loopback doubles of the services that Imagine talks to, and the demo made of them.

Everything here listens on 127.0.0.1 only, and nothing in the bot imports it.
"""
