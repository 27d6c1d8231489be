"""R16, the reconciliation certificate of a cycle and a month: opening, movements, closing, and the council's books."""
