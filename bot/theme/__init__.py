"""Themes: whether their colours can be read, and how one is made from the published design tokens of a municipality."""
