"""How complaints are kept: the only room that names Peewee; rows never leave it."""
