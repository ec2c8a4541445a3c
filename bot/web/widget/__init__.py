"""The one script that puts the chat on a page: joined at the start from the modules in `bot/web/static/widget`."""
