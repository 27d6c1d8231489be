"""R3, the paper ballot and the count pack as everybody may read them: a specimen, what counts, and every form."""
