"""The 18+ planner: what to arrange from 16 to 27, by month of birth and situation. Never says whether help stops."""
