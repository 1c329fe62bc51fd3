"""Adapters: each translates one platform's events into requests and shows the replies there."""
