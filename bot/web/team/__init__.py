"""The desk of the team, under /team: sign-in, the guard before every page, and the pages themselves."""
