"""Updates before they are public: written by a member, read and published by a co-chair."""
