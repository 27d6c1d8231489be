"""What people send: pictures and documents, made anew before anybody else sees them."""
