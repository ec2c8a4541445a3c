"""Takes out of a text what tells who somebody is, before anybody reads it to learn from."""
