"""Partners: the organizations that lead, deliver, fund, refer to or watch over a project, and its manager."""
