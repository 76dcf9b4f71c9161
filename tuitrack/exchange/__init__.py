"""How complaints come in from registers kept elsewhere, and go out again."""
