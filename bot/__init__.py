"""Rits: a Dutch assistant for youth help. The folders read in the order a message travels (docs/architecture.md)."""
