"""Offers of seats: nobody sits anywhere without having said yes."""
