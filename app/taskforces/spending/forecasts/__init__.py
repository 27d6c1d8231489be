"""Forecasts of cost: what a project is now expected to need, said openly before more of it is promised."""
