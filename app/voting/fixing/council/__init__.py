"""The council's confirmation of the list of options, recorded where the cycle asks for it."""
