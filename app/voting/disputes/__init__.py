"""«Somebody voted as me»: reported by a resident or at the desk, settled by two members of the board."""
