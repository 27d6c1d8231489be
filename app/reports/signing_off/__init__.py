"""What both co-chairs sign before it is public: put before them, closed with the last signature or on its day."""
