"""What a message says about age, date of birth, municipality and role; pure functions over text."""
