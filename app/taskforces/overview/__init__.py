"""All projects at a glance: how they go and why, money and dates side by side, as a list and on a map."""
