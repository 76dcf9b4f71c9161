"""What comes in from a form, a command or a file, validated by Pydantic; each part is imported when first needed."""
