"""One document, many forms: the worker's card, preview, SBAR, e-mail and JSON, all from one list of rows."""
