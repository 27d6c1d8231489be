"""Planning: what both sides sign about a setback, a plan against it or that they accept it."""
