"""What is kept on disk: opening the database, its history of tables, and the encryption of what is personal."""
