"""What is seen: the only room that names Textual."""
