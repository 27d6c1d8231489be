"""The clerk's office for people: residences to verify, roles to grant, and the accounts of staff."""
