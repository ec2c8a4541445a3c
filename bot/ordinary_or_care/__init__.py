"""Hoort dit erbij? The weighing of a worry: how long, how much in the way, at which age; and which step fits."""
