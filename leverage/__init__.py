"""Leverage: what a company gets for the AI it uses, from its own usage exports."""
